package io.ratemesh.balancer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http1.Corpus;
import io.ratemesh.balancer.http1.Http1Verdict;
import io.ratemesh.balancer.http2.Http2Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both protocols have the same grammar, but for what their RFCs say otherwise. */
class GrammarTest {

    /** What a value of the file is, and the request that has it. */
    enum Part {
        METHOD,
        TARGET,
        OPTIONS_TARGET,
        /** A Host field; in HTTP/2 without an authority. */
        HOST,
        /** A Host field; in HTTP/2 the authority. */
        AUTHORITY,
        NO_HOST,
        TWO_HOSTS,
        /** Scheme and host of a URL, and the Host field beside them. */
        HOSTS,
        NAME,
        VALUE,
        /** How many fields a head has beside its host. */
        FIELDS,
        LENGTH,
        TWO_LENGTHS,
        EXPECTATION,
        TRAILER,
        /** How many fields follow a body. */
        TRAILERS;

        @Nullable
        RefusalReason ofHttp1(String value) {
            return switch (this) {
                case METHOD -> http1(value + " /", "Host: a");
                case TARGET -> http1("GET " + value, "Host: a");
                case OPTIONS_TARGET -> http1("OPTIONS " + value, "Host: a");
                case HOST, AUTHORITY -> http1("GET /", "Host: " + value);
                case NO_HOST -> http1("GET /");
                case TWO_HOSTS -> http1("GET /", "Host: " + value, "Host: " + value);
                case HOSTS -> {
                    String[] words = value.split(" ", -1);
                    yield http1("GET " + words[0] + "://" + words[1] + "/", "Host: " + words[2]);
                }
                case NAME -> http1("GET /", "Host: a", value + ": y");
                case VALUE -> http1("GET /", "Host: a", "x:" + value);
                case FIELDS -> http1("GET /", Stream.concat(Stream.of("Host: a"), numbered(value, ": y")));
                case LENGTH -> http1("POST /", "Host: a", "Content-Length: " + value);
                case TWO_LENGTHS -> http1("POST /", "Host: a", "Content-Length: 1", "Content-Length: " + value);
                case EXPECTATION -> http1("POST /", "Host: a", "Expect: " + value);
                case TRAILER -> Http1Verdict.trailers(value.replaceFirst("=", ":") + "\r\n");
                case TRAILERS -> Http1Verdict.trailers(lines(numbered(value, ": y")));
            };
        }

        @Nullable
        RefusalReason ofHttp2(String value) {
            return switch (this) {
                case METHOD -> http2(value, "/", ":authority=a");
                case TARGET -> http2("GET", value, ":authority=a");
                case OPTIONS_TARGET -> http2("OPTIONS", value, ":authority=a");
                case HOST -> http2("GET", "/", "host=" + value);
                case AUTHORITY -> http2("GET", "/", ":authority=" + value);
                case NO_HOST -> http2("GET", "/");
                case TWO_HOSTS -> http2("GET", "/", "host=" + value, "host=" + value);
                case HOSTS -> {
                    String[] words = value.split(" ", -1);
                    yield Http2Verdict.head(List.of(
                            ":method=GET",
                            ":scheme=" + words[0],
                            ":path=/",
                            ":authority=" + words[1],
                            "host=" + words[2]));
                }
                case NAME -> http2("GET", "/", ":authority=a", value + "=y");
                case VALUE -> http2("GET", "/", ":authority=a", "x=" + value);
                case FIELDS ->
                    http2(
                            "GET",
                            "/",
                            Stream.concat(Stream.of(":authority=a"), numbered(value, "=y"))
                                    .toArray(String[]::new));
                case LENGTH -> http2("POST", "/", ":authority=a", "content-length=" + value);
                case TWO_LENGTHS -> http2("POST", "/", ":authority=a", "content-length=1", "content-length=" + value);
                case EXPECTATION -> http2("POST", "/", ":authority=a", "expect=" + value);
                case TRAILER -> Http2Verdict.trailers(List.of(value));
                case TRAILERS -> Http2Verdict.trailers(numbered(value, "=y").toList());
            };
        }

        private static @Nullable RefusalReason http1(String line, String... fields) {
            return http1(line, Stream.of(fields));
        }

        private static @Nullable RefusalReason http1(String line, Stream<String> fields) {
            return Http1Verdict.head(line + " HTTP/1.1\r\n" + lines(fields) + "\r\n");
        }

        private static String lines(Stream<String> fields) {
            StringBuilder lines = new StringBuilder();
            fields.forEach(field -> lines.append(field).append("\r\n"));
            return lines.toString();
        }

        private static @Nullable RefusalReason http2(String method, String path, String... fields) {
            return Http2Verdict.head(
                    Stream.concat(Stream.of(":method=" + method, ":scheme=http", ":path=" + path), Stream.of(fields))
                            .toList());
        }

        private static Stream<String> numbered(String count, String value) {
            return IntStream.range(0, Integer.parseInt(count)).mapToObj(i -> "x-" + i + value);
        }
    }

    /** A line of the file. */
    record Row(Part part, String value, String http1, String http2, String why) {

        static Row of(String line) {
            String[] columns = line.split(" \\| ?", -1);
            String http2 = columns.length > 3 ? columns[3] : columns[2];
            return new Row(
                    Part.valueOf(columns[0].replace(' ', '_').toUpperCase(Locale.ROOT)),
                    Corpus.unescape(columns[1]),
                    columns[2],
                    http2,
                    columns.length > 4 ? columns[4] : "");
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in = GrammarTest.class.getResourceAsStream("grammar.txt")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).map(Row::of).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void both_protocols_come_to_the_verdict_of_the_file(Row row) {
        assertThat(verdict(row.part().ofHttp1(row.value()))).as("HTTP/1").isEqualTo(row.http1());
        assertThat(verdict(row.part().ofHttp2(row.value()))).as("HTTP/2").isEqualTo(row.http2());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_difference_between_the_protocols_has_a_section_of_an_RFC(Row row) {
        if (!row.http1().equals(row.http2())) {
            assertThat(row.why()).matches("RFC 911[0-9] §.*");
        }
    }

    private static String verdict(@Nullable RefusalReason reason) {
        return reason == null ? "OK" : reason.name();
    }
}
