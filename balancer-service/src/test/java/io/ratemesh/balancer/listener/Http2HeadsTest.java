package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http1.Corpus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads of requests of HTTP/2, good and malformed, beside a stream that is under way. */
class Http2HeadsTest {

    private static final int PROTOCOL_ERROR = 1;
    private static final int NEIGHBOUR = 1;
    private static final int STREAM = 3;
    private static final int LATER = 5;

    private static TestCertificate certificate;
    private static ListenFixture front;

    /**
     * One case of the file.
     *
     * @param trailers none where the head is all that matters
     * @param expect a status, or {@code malformed}
     */
    record Case(String name, List<String> head, Optional<List<String>> trailers, String expect, List<String> sees) {

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        certificate = new TestCertificate(folder, "site");
        front = ListenFixture.tls(folder, certificate, "balancer.h2c.port=0", "balancer.h2c.bind=127.0.0.1");
    }

    @AfterAll
    static void close() {
        front.close();
    }

    static Stream<Case> cases() {
        try (InputStream in = Http2HeadsTest.class.getResourceAsStream("http2-heads.txt")) {
            String text = new String(in.readAllBytes(), US_ASCII);
            return Arrays.stream(text.split("\n\n", -1))
                    .filter(block -> block.startsWith("case: "))
                    .map(Http2HeadsTest::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_malformed_head_ends_only_its_stream(Case one) throws Exception {
        try (RawHttp2 raw = clearText()) {
            run(one, raw, false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_malformed_head_ends_only_its_stream_over_TLS(Case one) throws Exception {
        try (RawHttp2 raw = encrypted()) {
            run(one, raw, false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_malformed_head_before_a_body_ends_only_its_stream(Case one) throws Exception {
        try (RawHttp2 raw = clearText()) {
            run(one, raw, true);
        }
    }

    /** The case of that name: indexed fields, and a scheme in none of them. */
    @Test
    void a_head_without_a_scheme_is_malformed() throws Exception {
        try (RawHttp2 raw = clearText()) {
            raw.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_STREAM | RawHttp2.END_HEADERS,
                    1,
                    HexFormat.of().parseHex("828401096c6f63616c686f7374"));
            isMalformed(raw.next(1));
            raw.get(3);
            assertThat(raw.next(3).text()).contains("server-saw");
        }
    }

    @Test
    void many_malformed_streams_at_once_do_not_end_their_connection() throws Exception {
        try (RawHttp2 raw = clearText()) {
            for (int stream = 1; stream < 200; stream += 4) {
                raw.head(stream, stream % 8 == 1, ":method", "GET", ":path", "/x", ":authority", "a");
                raw.head(stream + 2, stream % 8 == 1, "X-Capital", "y");
            }
            raw.get(201);
            assertThat(raw.next(201).text()).contains("server-saw");
        }
    }

    /** RFC 9113 §5.4.1: an endpoint that ends a connection for an error says which streams it has processed. */
    @Test
    void a_connection_error_right_after_a_malformed_stream_is_sent_before_the_end() throws Exception {
        try (Socket socket = socket();
                RawHttp2 raw = new RawHttp2(socket)) {
            raw.together(() -> {
                raw.head(1, true, ":method", "GET", ":path", "/x", ":authority", "a");
                raw.head(
                        3,
                        false,
                        ":method",
                        "POST",
                        ":scheme",
                        "http",
                        ":path",
                        "/x",
                        ":authority",
                        "a",
                        "content-length",
                        "x");
                // DATA on stream 0 is an error of the connection.
                raw.frame(RawHttp2.DATA, 0, 0, new byte[1]);
            });
            RawHttp2.Frame frame = raw.any();
            while (frame.type() != RawHttp2.GOAWAY) {
                frame = raw.any();
            }
            assertThat(frame.payload().getInt(4)).isEqualTo(PROTOCOL_ERROR);
        }
    }

    private static void run(Case one, RawHttp2 raw, boolean body) throws IOException {
        boolean more = body || one.trailers().isPresent();
        raw.head(NEIGHBOUR, false, ":method", "POST", ":scheme", "http", ":path", "/echo", ":authority", "a");
        raw.head(STREAM, !more, one.head().toArray(String[]::new));
        if (more) {
            List<String> trailers = one.trailers().orElse(List.of());
            raw.frame(RawHttp2.DATA, trailers.isEmpty() ? RawHttp2.END_STREAM : 0, STREAM, "body".getBytes(ISO_8859_1));
            if (!trailers.isEmpty()) {
                raw.head(STREAM, true, trailers.toArray(String[]::new));
            }
        }
        RawHttp2.Frame frame = raw.next(STREAM);
        if (one.expect().equals("malformed")) {
            isMalformed(frame);
        } else {
            assertThat(frame.type()).isEqualTo(RawHttp2.HEADERS);
            String head = frame.text();
            assertThat(status(frame)).isEqualTo(one.expect());
            String saw = head.toLowerCase(Locale.ROOT);
            assertThat(saw.contains("server-saw")).isEqualTo(one.expect().equals("200"));
            one.sees().forEach(seen -> assertThat(saw).contains(seen.toLowerCase(Locale.ROOT)));
        }

        if (body && one.expect().equals("malformed")) {
            // Sent before the stream was reset.
            raw.frame(RawHttp2.DATA, 0, STREAM, new byte[10]);
        }
        raw.get(LATER);
        raw.frame(RawHttp2.DATA, RawHttp2.END_STREAM, NEIGHBOUR, "alive".getBytes(ISO_8859_1));
        assertThat(raw.body(NEIGHBOUR)).isEqualTo("alive");
    }

    /** The first field of a response: an entry of the table by its number, or a literal of three digits (RFC 7541 §6). */
    private static String status(RawHttp2.Frame frame) {
        String head = frame.text();
        int at = (frame.flags() & RawHttp2.PRIORITY) == 0 ? 0 : RawHttp2.PRIORITY_BYTES;
        if (head.charAt(at) == 0x3f) {
            // A new table size, as a number of several bytes.
            do {
                at++;
            } while (head.charAt(at) >= 0x80);
            at++;
        }
        return switch (head.charAt(at)) {
            case 0x88 -> "200";
            case 0x8c -> "400";
            default -> head.substring(at + 2, at + 5);
        };
    }

    private static void isMalformed(RawHttp2.Frame frame) {
        assertThat(frame.type()).isEqualTo(RawHttp2.RST_STREAM);
        assertThat(frame.error()).isEqualTo(PROTOCOL_ERROR);
    }

    private static Socket socket() throws IOException {
        Socket socket = new Socket("127.0.0.1", front.ports.h2c());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static RawHttp2 clearText() throws IOException {
        return new RawHttp2(socket());
    }

    private static RawHttp2 encrypted() throws Exception {
        return new RawHttp2(front.tlsSocket(certificate.trusting(), "h2"));
    }

    private static Case read(String block) {
        String name = "";
        List<String> head = List.of();
        Optional<List<String>> trailers = Optional.empty();
        String expect = "";
        List<String> sees = List.of();
        for (String line : block.stripTrailing().split("\n", -1)) {
            int colon = line.indexOf(':');
            String value = line.substring(Math.min(line.length(), colon + 2));
            switch (line.substring(0, colon)) {
                case "case" -> name = value;
                case "head" -> head = fields(Corpus.unescape(value));
                case "trailers" -> trailers = Optional.of(fields(Corpus.unescape(value)));
                case "expect" -> expect = value;
                case "sees" -> sees = List.of(Corpus.unescape(value).split(" \\| ", -1));
                default -> throw new AssertionError("no such key: " + line);
            }
        }
        return new Case(name, head, trailers, expect, sees);
    }

    private static List<String> fields(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" \\| ", -1))
                        .flatMap(field -> {
                            int equals = field.indexOf('=');
                            return Stream.of(field.substring(0, equals), field.substring(equals + 1));
                        })
                        .toList();
    }
}
