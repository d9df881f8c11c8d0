package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows the body of a request goes on to its upstream, where it goes on in chunks. */
class RequestTrailersTest {

    private static final int PROTOCOL_ERROR = 1;
    private static final String CHUNKED = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n";

    private final ListenFixture front =
            ListenFixture.plain("balancer.h2c.port=0", "balancer.h2c.bind=127.0.0.1", "balancer.limits.body-time=5s");

    @AfterEach
    void close() {
        front.close();
    }

    @Test
    void trailers_of_HTTP_1_are_passed_on_in_order() throws Exception {
        String response = front.exchange(
                CHUNKED
                        + "Connection: close\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: \t1 2 \r\nEmpty:\r\nServer-Timing: \u00e9\r\nX-Sum: 3\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 200 ");
        assertThat(front.bytesUpstream())
                .endsWith("\r\n0\r\nX-Sum: 1 2\r\nEmpty: \r\nServer-Timing: \u00e9\r\nX-Sum: 3\r\n\r\n");
    }

    @Test
    void trailers_may_be_split_anywhere() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", front.ports.http())) {
            socket.setTcpNoDelay(true);
            for (byte value : (CHUNKED + "Connection: close\r\n\r\n1\r\na\r\n0\r\nX-Sum: 1\r\nY: 2\r\n\r\n")
                    .getBytes(ISO_8859_1)) {
                socket.getOutputStream().write(value);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(front.bytesUpstream()).endsWith("\r\n0\r\nX-Sum: 1\r\nY: 2\r\n\r\n");
    }

    @Test
    void pipelined_requests_keep_their_own_trailers() throws Exception {
        front.exchange(CHUNKED + "\r\n1\r\na\r\n0\r\nX-Sum: a\r\n\r\n"
                + CHUNKED + "\r\n1\r\nb\r\n0\r\n\r\n"
                + "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nc"
                + CHUNKED + "Connection: close\r\n\r\n1\r\nd\r\n0\r\nX-Sum: d\r\n\r\n");

        assertThat(front.bytesUpstream().replaceAll("(?m)^(POST|.*: (?!a$|d$)).*\r\n", ""))
                .containsSubsequence(
                        "1\r\na\r\n0\r\nX-Sum: a\r\n\r\n",
                        "1\r\nb\r\n0\r\n\r\n",
                        "c",
                        "1\r\nd\r\n0\r\nX-Sum: d\r\n\r\n");
        assertThat(front.bytesUpstream().split("X-Sum", -1)).hasSize(3);
    }

    @Test
    void trailers_of_a_request_with_an_early_response_are_not_those_of_the_next() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", front.ports.http())) {
            socket.setSoTimeout(10_000);
            // This upstream responds at once.
            write(socket, CHUNKED.replace("/echo", "/x") + "\r\n1\r\na\r\n");
            readTo(socket.getInputStream(), "hello");
            write(
                    socket,
                    "0\r\nX-Late: 1\r\n\r\n" + CHUNKED + "Connection: close\r\n\r\n1\r\nb\r\n0\r\nX-Own: 2\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .contains("HTTP/1.1 200 ");
        }
        assertThat(front.bytesUpstream()).endsWith("\r\n0\r\nX-Own: 2\r\n\r\n").doesNotContain("X-Late");
    }

    @Test
    void hop_by_hop_trailers_are_removed() throws Exception {
        front.exchange(CHUNKED + "Connection: close, X-Hop\r\n\r\n1\r\na\r\n0\r\nx-hop: 1\r\nX-Sum: 2\r\n\r\n");

        assertThat(front.bytesUpstream()).endsWith("\r\n0\r\nX-Sum: 2\r\n\r\n");
    }

    @Test
    void trailers_of_HTTP_2_are_passed_on_in_order() throws Exception {
        try (RawHttp2 raw = raw()) {
            post(raw, 1);
            raw.frame(RawHttp2.DATA, 0, 1, "hello".getBytes(ISO_8859_1));
            post(raw, 3);
            raw.head(3, true, "x-sum", "3");
            raw.head(1, true, "x-sum", "1 2", "empty", "");

            // Each has an upstream connection of its own, so between these pieces may be others'.
            await().until(() -> front.bytesUpstream().contains("0\r\nx-sum: 1 2\r\nempty: \r\n\r\n"));
            await().until(() -> front.bytesUpstream().contains("0\r\nx-sum: 3\r\n\r\n"));
            // Its fields may be in the table already, if the other response came first.
            assertThat(raw.next(1).type()).isEqualTo(RawHttp2.HEADERS);
        }
    }

    @ParameterizedTest
    @CsvSource({"content-length, 5", "host, b", ":path, /y", "authorization, x", "x-forwarded-for, ::1", "x, a\u0001b"})
    void a_field_of_the_head_in_HTTP_2_trailers_is_malformed(String name, String value) throws Exception {
        try (RawHttp2 raw = raw()) {
            post(raw, 1);
            raw.frame(RawHttp2.DATA, 0, 1, "hello".getBytes(ISO_8859_1));
            await().until(() -> front.bytesUpstream().endsWith("\r\n5\r\nhello\r\n"));
            raw.head(1, true, name, value);

            RawHttp2.Frame frame = raw.next(1);
            while (frame.type() != RawHttp2.RST_STREAM) {
                frame = raw.next(1);
            }
            assertThat(frame.error()).isEqualTo(PROTOCOL_ERROR);
            assertThat(front.bytesUpstream()).endsWith("\r\n5\r\nhello\r\n");
        }
    }

    @Test
    void a_body_of_known_length_has_no_trailers() throws Exception {
        try (RawHttp2 raw = raw()) {
            raw.head(
                    1,
                    false,
                    ":method",
                    "POST",
                    ":scheme",
                    "http",
                    ":path",
                    "/echo",
                    ":authority",
                    "a",
                    "content-length",
                    "5");
            raw.frame(RawHttp2.DATA, 0, 1, "hello".getBytes(ISO_8859_1));
            raw.head(1, true, "x-sum", "1");

            assertThat(raw.next(1).text()).contains("server-saw");
            await().until(() -> front.bytesUpstream().endsWith("\r\n\r\nhello"));
        }
    }

    private RawHttp2 raw() throws IOException {
        return new RawHttp2(new Socket("127.0.0.1", front.ports.h2c()));
    }

    private static void post(RawHttp2 raw, int stream) throws IOException {
        raw.head(stream, false, ":method", "POST", ":scheme", "http", ":path", "/echo", ":authority", "a");
    }

    private static void write(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    private static void readTo(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int value = in.read();
            assertThat(value).as(read.toString()).isNotNegative();
            read.append((char) value);
        }
    }
}
