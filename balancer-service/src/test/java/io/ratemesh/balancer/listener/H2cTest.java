package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 without TLS, with prior knowledge, and nothing else on that port. */
class H2cTest {

    private static final int PROTOCOL_ERROR = 1;
    private static final int REFUSED_STREAM = 7;
    private static final String PROXY_HEADER = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 80\r\n";

    private @Nullable ListenFixture opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void a_client_with_prior_knowledge_gets_HTTP_2() {
        ListenFixture front = open();
        HttpClientResponse response = get(front, "/x?y=1");

        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Server-Saw"))
                .startsWith("GET /x?y=1 HTTP_1_1")
                .containsIgnoringCase("| host=127.0.0.1:" + front.ports.h2c())
                .containsIgnoringCase("| X-Forwarded-Proto=http ")
                .containsIgnoringCase("| X-Forwarded-Port=" + front.ports.h2c() + " ");
        assertThat(front.open).hasValue(1);
    }

    @Test
    void a_large_body_is_echoed() {
        byte[] body = new byte[3_000_000];
        new Random(7).nextBytes(body);

        ListenFixture front = open();
        Buffer echo = ListenFixture.await(request(front, HttpMethod.POST, "/echo")
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(HttpClientResponse::body));

        assertThat(echo.getBytes()).isEqualTo(body);
    }

    /** With io_uring a RST that arrives together with data causes no event, which happens for some of many. */
    @Test
    void a_reset_right_after_data_is_noticed() throws Exception {
        ListenFixture front = open();
        for (int i = 0; i < 100; i++) {
            try (Socket socket = socket(front);
                    RawHttp2 raw = new RawHttp2(socket)) {
                raw.next(0);
                raw.head(1, false, ":method", "POST", ":scheme", "http", ":path", "/silent", ":authority", "a");
                raw.frame(RawHttp2.DATA, 0, 1, new byte[16 * 1024]);
                socket.setSoLinger(true, 0);
            }
        }

        await().untilAsserted(() -> assertThat(front.open).hasValue(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
                "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"
                        + RawHttp2.PREFACE,
                "PRI /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "PRI * HTTP/1.1\r\nHost: a\r\n\r\nSM\r\n\r\n",
                "\r\n" + RawHttp2.PREFACE,
                "pri * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000",
                "PROXY TCP4 192.0.2.7 192.0.2.1 5000 80\r\n" + RawHttp2.PREFACE,
                "\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
                "x",
            })
    void anything_but_the_preface_gets_505_and_reaches_no_upstream(String bytes) throws Exception {
        ListenFixture front = open();

        assertThat(front.exchange(front.ports.h2c(), bytes))
                .startsWith("HTTP/1.1 505 ")
                .contains("\r\nConnection: close\r\n")
                .endsWith("\r\n\r\n");
        assertThat(byteByByte(front, bytes)).startsWith("HTTP/1.1 505 ").endsWith("\r\n\r\n");
        assertThat(front.rejected).containsExactly(505, 505);
        assertThat(front.bytesUpstream()).isEmpty();
        await().until(() -> front.context.connections().open() == 0);
    }

    @Test
    void a_preface_may_arrive_byte_by_byte() throws Exception {
        ListenFixture front = open();
        try (Socket socket = socket(front)) {
            byte[] preface = RawHttp2.PREFACE.getBytes(ISO_8859_1);
            writeEach(socket, Arrays.copyOf(preface, preface.length - 1));
            socket.getOutputStream().write('\n');
            assertThat(socket.getInputStream().readNBytes(4)[3]).isEqualTo((byte) RawHttp2.SETTINGS);
            assertThat(front.open).hasValue(0);

            writeEach(socket, new byte[] {0, 0, 0, RawHttp2.SETTINGS, 0, 0, 0, 0, 0});
            await().until(() -> front.open.get() == 1);
        }
        await().until(() -> front.open.get() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PRI * HTTP/2.0\r\n"})
    void a_connection_without_a_preface_in_time_is_closed_without_a_response(String begin) throws Exception {
        ListenFixture front = open("balancer.limits.head-time=1s");

        assertThat(front.exchange(front.ports.h2c(), begin)).isEmpty();
        await().until(() -> front.context.connections().open() == 0);
        assertThat(front.h2c.refused).as("it never started").hasValue(1);
        assertThat(front.h2c.opened).hasValue(0);
    }

    @Test
    void a_connection_with_a_preface_only_is_closed_as_soon() throws Exception {
        ListenFixture front = open("balancer.limits.head-time=1s");

        assertThat(front.exchange(front.ports.h2c(), RawHttp2.PREFACE)).doesNotStartWith("HTTP/1.1");
        await().until(() -> front.context.connections().open() == 0);
        assertThat(front.open).hasValue(0);
    }

    @Test
    void a_connection_without_a_request_is_closed_when_idle() throws Exception {
        ListenFixture front = open("balancer.limits.head-time=1s");
        try (RawHttp2 raw = new RawHttp2(socket(front))) {
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
    void streams_are_guarded_as_over_TLS() throws Exception {
        ListenFixture front = open("balancer.limits.streams=2");
        try (RawHttp2 raw = new RawHttp2(socket(front))) {
            raw.get(1, ":scheme", "http", "connection", "close");
            assertThat(raw.next(1).error()).isEqualTo(PROTOCOL_ERROR);
            raw.get(3, ":scheme", "http", ":method", "TRACE");
            assertThat(raw.next(3).text()).contains("405");
            raw.get(5, ":scheme", "http", ":path", "/%2e%2e/x");
            assertThat(raw.next(5).text()).doesNotContain("server-saw");
            assertThat(front.bytesUpstream()).isEmpty();

            raw.get(7, ":scheme", "http", ":path", "/silent");
            raw.get(9, ":scheme", "http", ":path", "/silent");
            raw.get(11, ":scheme", "http");
            assertThat(raw.next(11).error()).isEqualTo(REFUSED_STREAM);
        }
    }

    @Test
    void a_connection_counts_before_its_first_byte_and_one_over_the_limit_is_closed() throws Exception {
        ListenFixture front = open("balancer.limits.connections=1");
        try (Socket first = socket(front)) {
            await().until(() -> front.context.connections().open() == 1);

            assertThat(endsAtOnce(front, RawHttp2.PREFACE)).isTrue();
            assertThat(front.context.connections().refused()).isEqualTo(1);
            assertThat(front.open).hasValue(0);
            assertThat(first.isClosed()).isFalse();
        }
        await().until(() -> front.context.connections().open() == 0);
        assertThat(get(front, "/x").statusCode()).isEqualTo(200);
    }

    @Test
    void a_PROXY_protocol_header_precedes_the_preface() throws Exception {
        ListenFixture front = open("balancer.h2c.proxy-protocol=true", "balancer.limits.requests-per-second=1");
        Socket socket = socket(front);
        socket.getOutputStream().write(PROXY_HEADER.getBytes(ISO_8859_1));
        try (RawHttp2 raw = new RawHttp2(socket)) {
            raw.get(1, ":scheme", "http");
            assertThat(raw.next(1).text()).contains("| X-Forwarded-For=192.0.2.7 ");
            raw.get(3, ":scheme", "http");
            assertThat(raw.next(3).text()).contains("429");
        }

        assertThat(front.exchange(front.ports.h2c(), PROXY_HEADER + "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 505 ");
        assertThat(endsAtOnce(front, RawHttp2.PREFACE)).isTrue();
    }

    @Test
    void the_HTTP_1_listener_does_not_speak_h2c() throws Exception {
        ListenFixture front = open();

        assertThat(front.exchange(RawHttp2.PREFACE)).startsWith("HTTP/1.1 ").containsPattern("^HTTP/1.1 [45]");
        assertThat(front.bytesUpstream()).isEmpty();
        assertThat(front.exchange("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(front.bytesUpstream()).startsWith("GET /x ").doesNotContainIgnoringCase("h2c", "http2-settings");
    }

    @Test
    void a_drain_does_not_wait_for_connections_without_a_preface() throws Exception {
        ListenFixture front = open();
        try (Socket socket = socket(front)) {
            await().until(() -> front.context.connections().open() == 1);
            front.drain();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private ListenFixture open(String... settings) {
        ListenFixture front = ListenFixture.plain(
                Stream.concat(Stream.of("balancer.h2c.port=0", "balancer.h2c.bind=127.0.0.1"), Arrays.stream(settings))
                        .toArray(String[]::new));
        opened = front;
        return front;
    }

    private static HttpClientResponse get(ListenFixture front, String target) {
        return ListenFixture.await(request(front, HttpMethod.GET, target).compose(HttpClientRequest::send));
    }

    private static Future<HttpClientRequest> request(ListenFixture front, HttpMethod method, String target) {
        return front.vertx
                .createHttpClient(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false))
                .request(method, front.ports.h2c(), "127.0.0.1", target);
    }

    private static Socket socket(ListenFixture front) throws IOException {
        Socket socket = new Socket("127.0.0.1", front.ports.h2c());
        socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static String byteByByte(ListenFixture front, String bytes) throws IOException {
        try (Socket socket = socket(front)) {
            try {
                writeEach(socket, bytes.getBytes(ISO_8859_1));
            } catch (IOException closedMeanwhile) {
                assertThat(closedMeanwhile).hasMessageContaining("pipe");
            }
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static void writeEach(Socket socket, byte[] bytes) throws IOException {
        for (byte value : bytes) {
            socket.getOutputStream().write(value);
        }
    }

    private static boolean endsAtOnce(ListenFixture front, String bytes) {
        try {
            return front.exchange(front.ports.h2c(), bytes).isEmpty();
        } catch (IOException reset) {
            return true;
        }
    }
}
