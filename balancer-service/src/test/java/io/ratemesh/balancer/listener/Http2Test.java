package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Http2Test {

    private static final int PROTOCOL_ERROR = 1;
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;

    private static TestCertificate certificate;

    private final Path folder;
    private ListenFixture front;
    private HttpClient client;

    Http2Test(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void make(@TempDir Path shared) throws Exception {
        certificate = new TestCertificate(shared, "site");
    }

    @BeforeEach
    void open() throws Exception {
        front = ListenFixture.tls(
                folder,
                certificate,
                "balancer.limits.streams=5",
                "balancer.limits.body-time=1s",
                "balancer.limits.keep-alive=1s",
                "balancer.tls.hsts=24h");
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(certificate.trusting())
                .build();
    }

    @AfterEach
    void close() {
        front.close();
    }

    @Test
    void an_upstream_gets_HTTP_1_and_hop_by_hop_fields_are_removed() throws Exception {
        HttpResponse<String> response = client.send(get("/x?y=1"), BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().map()).doesNotContainKeys("connection", "keep-alive", "transfer-encoding");
        assertThat(response.headers().firstValue("content-length")).hasValue("5");
        assertThat(response.headers().firstValue("strict-transport-security")).hasValue("max-age=86400");
        assertThat(saw(response))
                .startsWith("GET /x?y=1 HTTP_1_1")
                .containsIgnoringCase("| host=127.0.0.1:" + front.ports.tls())
                .containsIgnoringCase("| X-Forwarded-Proto=https")
                .containsIgnoringCase("| X-Forwarded-Port=" + front.ports.tls() + " ")
                .containsIgnoringCase("| X-Forwarded-Host=127.0.0.1:" + front.ports.tls())
                .doesNotContain("| :");
    }

    @Test
    void a_large_body_of_unknown_length_is_echoed() throws Exception {
        byte[] body = new byte[3_000_000];
        new Random(7).nextBytes(body);

        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(uri("/echo"))
                        .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void HEAD_has_a_length_and_no_body() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(uri("/x"))
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-length")).hasValue("5");
    }

    @Test
    void a_failure_of_HEAD_has_no_body() throws Exception {
        try (RawHttp2 raw = raw()) {
            raw.get(1, ":method", "HEAD", ":path", "x");
            assertThat(raw.body(1)).isEmpty();

            raw.get(3, ":path", "x");
            assertThat(raw.body(3)).contains("<h1>");
        }
    }

    @Test
    void cookie_fields_are_joined_and_te_trailers_is_accepted() throws Exception {
        try (RawHttp2 raw = raw()) {
            raw.get(1, "cookie", "a=1", "te", "trailers", "cookie", "b=2");

            assertThat(response(raw, 1)).contains("| cookie=a=1; b=2").doesNotContain("| te=");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":method = GET /admin HTTP/1.1",
                ":method = GET\r\nx:",
                ":authority = a b",
                ":authority = user@a",
                ":authority = ",
                "host = other.example",
                "connection = close",
                "transfer-encoding = chunked",
                "te = gzip",
                "X-Capital = y",
                "x = a\rb",
            })
    void a_malformed_request_is_reset_and_reaches_no_upstream(String field) throws Exception {
        String[] nameAndValue = field.split(" = ", -1);
        try (RawHttp2 raw = raw()) {
            raw.get(1, nameAndValue[0], nameAndValue[1]);
            RawHttp2.Frame frame = raw.next(1);
            assertThat(frame.type()).isEqualTo(RawHttp2.RST_STREAM);
            assertThat(frame.error()).isEqualTo(PROTOCOL_ERROR);

            // The connection has others on it and goes on.
            raw.get(3);
            assertThat(response(raw, 3)).contains("Server-Saw".toLowerCase(java.util.Locale.ROOT));
        }
    }

    @ParameterizedTest
    @CsvSource({"/../x", "/%2e%2e/x", "x", "*"})
    void a_path_traversal_gets_400(String target) throws Exception {
        try (RawHttp2 raw = raw()) {
            raw.get(1, ":path", target);
            RawHttp2.Frame frame = raw.next(1);
            assertThat(frame.type()).isEqualTo(RawHttp2.HEADERS);
            assertThat(frame.text()).doesNotContain("server-saw");
        }
    }

    @Test
    void CONNECT_and_TRACE_are_rejected() throws Exception {
        try (RawHttp2 raw = raw()) {
            raw.head(1, true, ":method", "CONNECT", ":authority", "a:443");
            assertThat(response(raw, 1)).contains("405");
            raw.get(3, ":method", "TRACE");
            assertThat(response(raw, 3)).doesNotContain("server-saw");
            assertThat(front.rejected).containsExactly(405, 405);
        }
    }

    @Test
    void too_many_fields_get_431_and_a_long_target_gets_414() throws Exception {
        try (RawHttp2 raw = raw()) {
            String[] fields = new String[202];
            for (int i = 0; i < 202; i += 2) {
                fields[i] = "x" + i;
                fields[i + 1] = "y";
            }
            raw.get(1, fields);
            assertThat(raw.next(1).text()).contains("431");
            raw.get(3, ":path", "/" + "a".repeat(8192));
            assertThat(raw.next(3).text()).contains("414");
            assertThat(front.rejected).containsExactly(431, 414);
        }
    }

    @Test
    void the_stream_limit_applies_to_a_client_that_ignores_it() throws Exception {
        try (RawHttp2 raw = raw()) {
            // The settings of the server are never acknowledged here.
            for (int stream = 1; stream <= 11; stream += 2) {
                raw.get(stream, ":path", "/silent");
            }
            RawHttp2.Frame frame = raw.next(11);
            assertThat(frame.type()).isEqualTo(RawHttp2.RST_STREAM);
            assertThat(frame.error()).isEqualTo(REFUSED_STREAM);
        }
    }

    @Test
    void a_new_stream_limit_is_sent_to_open_and_new_connections() throws Exception {
        try (RawHttp2 raw = raw()) {
            assertThat(toldStreams(raw)).isEqualTo(5);
            front.reload("balancer.limits.streams=2");
            assertThat(toldStreams(raw)).isEqualTo(2);
            for (int stream = 1; stream <= 5; stream += 2) {
                raw.get(stream, ":path", "/silent");
            }
            RawHttp2.Frame frame = raw.next(5);
            assertThat(frame.type()).isEqualTo(RawHttp2.RST_STREAM);
            assertThat(frame.error()).isEqualTo(REFUSED_STREAM);
        }
        try (RawHttp2 raw = raw()) {
            assertThat(toldStreams(raw)).isEqualTo(5);
            assertThat(toldStreams(raw)).isEqualTo(2);
        }
    }

    /** What the next SETTINGS that say it say of SETTINGS_MAX_CONCURRENT_STREAMS. */
    private static long toldStreams(RawHttp2 raw) throws IOException {
        while (true) {
            RawHttp2.Frame frame = raw.any();
            for (int at = 0;
                    frame.type() == RawHttp2.SETTINGS && at < frame.payload().length();
                    at += 6) {
                if (frame.payload().getUnsignedShort(at) == 3) {
                    return frame.payload().getUnsignedInt(at + 2);
                }
            }
        }
    }

    @Test
    void a_flood_of_resets_ends_the_connection() throws Exception {
        try (RawHttp2 raw = raw()) {
            assertThatThrownBy(() -> {
                        for (int stream = 1; stream < 2000; stream += 2) {
                            raw.get(stream, ":path", "/silent");
                            raw.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, CANCEL});
                        }
                        while (raw.any().type() != RawHttp2.GOAWAY) {}
                        throw new EOFException("GOAWAY");
                    })
                    .isInstanceOfAny(EOFException.class, SocketException.class, javax.net.ssl.SSLException.class);
        }
        await().until(() -> front.open.get() == 0);
    }

    @Test
    void a_stalled_body_and_an_idle_connection_time_out() throws Exception {
        try (RawHttp2 raw = raw()) {
            raw.head(
                    1,
                    false,
                    ":method",
                    "POST",
                    ":scheme",
                    "https",
                    ":path",
                    "/echo",
                    ":authority",
                    "a",
                    "content-length",
                    "9");
            raw.frame(RawHttp2.DATA, 0, 1, "half".getBytes(ISO_8859_1));
            RawHttp2.Frame frame = raw.next(1);
            while (frame.type() != RawHttp2.RST_STREAM) {
                frame = raw.next(1);
            }
            assertThat(frame.error()).isEqualTo(CANCEL);

            assertThatThrownBy(() -> {
                        while (true) {
                            raw.any();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        await().until(() -> front.open.get() == 0);
    }

    @Test
    void a_body_of_another_length_than_declared_is_malformed() throws Exception {
        try (RawHttp2 raw = raw()) {
            raw.head(
                    1,
                    false,
                    ":method",
                    "POST",
                    ":scheme",
                    "https",
                    ":path",
                    "/echo",
                    ":authority",
                    "a",
                    "content-length",
                    "2");
            raw.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, "more".getBytes(ISO_8859_1));

            RawHttp2.Frame frame = raw.next(1);
            assertThat(frame.type()).isEqualTo(RawHttp2.RST_STREAM);
            assertThat(frame.error()).isEqualTo(PROTOCOL_ERROR);
        }
    }

    private RawHttp2 raw() throws Exception {
        return new RawHttp2(front.tlsSocket(certificate.trusting(), "h2"));
    }

    private static String response(RawHttp2 raw, int stream) throws IOException {
        RawHttp2.Frame frame = raw.next(stream);
        assertThat(frame.type()).isEqualTo(RawHttp2.HEADERS);
        return frame.text();
    }

    private static String saw(HttpResponse<?> response) {
        return response.headers().firstValue("server-saw").orElseThrow();
    }

    private HttpRequest get(String target) {
        return HttpRequest.newBuilder(uri(target)).build();
    }

    private URI uri(String target) {
        return URI.create("https://127.0.0.1:" + front.ports.tls() + target);
    }
}
