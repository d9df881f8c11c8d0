package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection to the port with TLS counts from when it is accepted, and has until then plus the time of a head to begin. */
class TlsConnectionStartTest {

    private static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String PROXY_HEADER = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n";

    /** The start of a handshake record of 512 bytes. */
    private static final String HALF_A_HELLO = "\u0016\u0003\u0001\u0002\u0000\u0001";

    private static TestCertificate certificate;

    private final Path folder;
    private @Nullable ListenFixture opened;

    TlsConnectionStartTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** The first handshake of a JVM may take longer than the times here. */
    @BeforeAll
    static void make(@TempDir Path shared) throws Exception {
        certificate = new TestCertificate(shared, "site");
        try (ListenFixture front = ListenFixture.tls(shared, certificate);
                SSLSocket one = front.tlsSocket(certificate.trusting(), "http/1.1");
                RawHttp2 two = new RawHttp2(front.tlsSocket(certificate.trusting(), "h2"))) {
            assertThat(responds(one)).isTrue();
            two.get(1);
            assertThat(two.next(1).text()).contains("server-saw");
        }
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void a_connection_without_an_HTTP_2_frame_after_its_handshake_times_out() throws Exception {
        ListenFixture front = open("balancer.limits.head-time=2s");
        try (SSLSocket socket = front.tlsSocket(certificate.trusting(), "h2")) {
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            assertThat(front.context.connections().open()).isEqualTo(1);

            assertThat(ends(socket)).isTrue();
        }
        isGone(front);
        assertThat(front.https.opened).as("it never started").hasValue(0);
        assertThat(front.https.refused).hasValue(1);
        assertThat(front.context.connections().refused()).as("of a limit").isZero();
    }

    @Test
    void a_connection_with_a_preface_only_times_out() throws Exception {
        ListenFixture front = open("balancer.limits.head-time=2s");
        try (SSLSocket socket = front.tlsSocket(certificate.trusting(), "h2")) {
            write(socket, RawHttp2.PREFACE);

            assertThat(ends(socket)).isTrue();
        }
        isGone(front);
        assertThat(front.https.refused).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HALF_A_HELLO})
    void a_connection_without_a_handshake_times_out(String begin) throws Exception {
        ListenFixture front = open("balancer.limits.head-time=1s");
        try (Socket socket = socket(front)) {
            write(socket, begin);
            await().until(() -> front.context.connections().open() == 1);

            assertThat(ends(socket)).isTrue();
        }
        isGone(front);
        assertThat(front.https.opened).hasValue(0);
        assertThat(front.https.refused).hasValue(1);
    }

    @Test
    void a_connection_that_starts_in_time_is_reported_once_and_stays() throws Exception {
        ListenFixture front = open("balancer.limits.head-time=2s");
        try (SSLSocket one = front.tlsSocket(certificate.trusting(), "http/1.1");
                RawHttp2 two = new RawHttp2(front.tlsSocket(certificate.trusting(), "h2"))) {
            assertThat(responds(one)).isTrue();
            two.get(1, ":path", "/silent");
            await().until(() -> front.https.opened.get() == 2);
            assertThat(front.context.connections().open()).isEqualTo(2);

            // A later connection that times out shows that the time of both is over.
            assertThat(ends(socket(front))).isTrue();
            assertThat(responds(one)).isTrue();
            two.get(3);
            assertThat(two.next(3).text()).contains("server-saw");
            assertThat(front.https.opened).hasValue(2);
            assertThat(front.open).hasValue(2);
        }
        isGone(front);
        assertThat(front.https.refused).hasValue(1);
    }

    @Test
    void a_first_head_that_is_late_gets_408_once() throws Exception {
        ListenFixture front = open("balancer.limits.head-time=2s");
        try (SSLSocket socket = front.tlsSocket(certificate.trusting(), "http/1.1")) {
            write(socket, GET.substring(0, 20));

            // An end without close_notify is an exception here.
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 408 ")
                    .endsWith("\r\n\r\n");
        }
        isGone(front);
        assertThat(front.rejected).containsExactly(408);
        assertThat(front.https.opened).hasValue(1);
        assertThat(front.https.refused).hasValue(0);
        assertThat(front.bytesUpstream()).isEmpty();
    }

    @Test
    void a_connection_without_a_request_is_closed_without_a_response() throws Exception {
        ListenFixture front = open("balancer.limits.head-time=2s");
        try (SSLSocket socket = front.tlsSocket(certificate.trusting(), "http/1.1")) {
            socket.startHandshake();

            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        isGone(front);
        assertThat(front.rejected).isEmpty();
    }

    @Test
    void an_invalid_head_is_rejected_once_even_if_its_client_stays() throws Exception {
        ListenFixture front = open("balancer.limits.head-time=1s");
        try (SSLSocket socket = front.tlsSocket(certificate.trusting(), "http/1.1")) {
            write(socket, "GET /x HTTP/1.1\r\nHost : a\r\n\r\n");

            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("408");
            isGone(front);
        }
        assertThat(front.rejected).containsExactly(400);
    }

    @Test
    void a_connection_over_the_limit_is_closed_before_its_handshake() throws Exception {
        ListenFixture front = open("balancer.limits.connections=1");
        try (Socket first = socket(front)) {
            await().until(() -> front.context.connections().open() == 1);

            assertThat(ends(socket(front))).isTrue();
            assertThatThrownBy(
                            () -> front.tlsSocket(certificate.trusting(), "h2").startHandshake())
                    .isInstanceOf(IOException.class);
            await().until(() -> front.https.refused.get() == 2);
            assertThat(front.context.connections().refused()).isEqualTo(2);
            assertThat(front.context.connections().open()).isEqualTo(1);
            assertThat(first.isClosed()).isFalse();
        }
        isGone(front);
        try (SSLSocket next = front.tlsSocket(certificate.trusting(), "http/1.1")) {
            assertThat(responds(next)).isTrue();
        }
    }

    @Test
    void the_limit_of_a_client_behind_proxies_includes_handshakes() throws Exception {
        ListenFixture front = open(
                "balancer.tls.proxy-protocol=true",
                "balancer.trusted-proxies=[\"127.0.0.1\"]",
                "balancer.limits.connections-per-client=1");
        try (Socket first = socket(front);
                Socket other = socket(front)) {
            write(first, PROXY_HEADER);
            write(other, PROXY_HEADER.replace("0.2.7", "0.2.8"));
            await().until(() -> front.context.connections().open() == 2);

            try (Socket second = socket(front)) {
                write(second, PROXY_HEADER);
                assertThat(ends(second)).isTrue();
            }
            await().untilAsserted(() -> assertThat(front.https.refused).hasValue(1));
            assertThat(front.context.connections().refused()).isEqualTo(1);
            assertThat(front.context.connections().open()).isEqualTo(2);
            assertThat(first.isClosed()).isFalse();
        }
        isGone(front);
        try (SSLSocket next = introduced(front)) {
            assertThat(responds(next)).isTrue();
            assertThat(front.https.opened).hasValue(1);
        }
        isGone(front);
    }

    @Test
    void a_connection_without_its_header_counts_and_an_untrusted_proxy_is_refused() throws Exception {
        ListenFixture front = open("balancer.tls.proxy-protocol=true", "balancer.limits.head-time=1s");
        try (Socket socket = socket(front)) {
            await().until(() -> front.context.connections().open() == 1);
            assertThat(ends(socket)).isTrue();
        }
        isGone(front);
        assertThat(front.https.refused).hasValue(1);
        close();

        ListenFixture closed = open("balancer.tls.proxy-protocol=true", "balancer.trusted-proxies=[\"10.0.0.0/8\"]");
        assertThat(ends(socket(closed))).isTrue();
        await().untilAsserted(() -> assertThat(closed.https.refused).hasValue(1));
        assertThat(closed.context.connections().open()).isZero();
    }

    @Test
    void requests_count_for_the_client_in_the_header() throws Exception {
        ListenFixture front = open(
                "balancer.tls.proxy-protocol=true", "balancer.limits.requests-per-second=1", "balancer.limits.burst=1");
        Socket wire = socket(front);
        write(wire, PROXY_HEADER);
        try (RawHttp2 raw = new RawHttp2(over(wire, "h2"))) {
            raw.get(1);
            assertThat(raw.next(1).text()).contains("X-Forwarded-For=192.0.2.7 ");
            raw.get(3);
            assertThat(raw.next(3).text()).contains("429");
        }
        isGone(front);
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, "x", "\u0015\u0003\u0001\u0000\u0002\u0002("})
    void bytes_that_are_no_handshake_close_the_connection_and_release_it(String bytes) throws Exception {
        ListenFixture front = open();
        try (Socket socket = socket(front)) {
            await().until(() -> front.context.connections().open() == 1);
            write(socket, bytes);
            if (bytes.length() < 5) {
                socket.shutdownOutput();
            }
            assertThat(ends(socket)).isTrue();
        }
        isGone(front);
        assertThat(front.https.opened).hasValue(0);
    }

    @Test
    void a_handshake_that_fails_releases_its_connection() throws Exception {
        ListenFixture front = open();
        try (Socket socket = socket(front)) {
            write(socket, HALF_A_HELLO);
            await().until(() -> front.context.connections().open() == 1);
            socket.setSoLinger(true, 0);
        }
        isGone(front);

        SSLSocket distrusting = front.tlsSocket(SSLContext.getDefault(), "h2");
        assertThatThrownBy(distrusting::startHandshake).isInstanceOf(SSLException.class);
        isGone(front);
        assertThat(front.https.opened).hasValue(0);
    }

    @Test
    void a_drain_does_not_wait_for_handshakes() throws Exception {
        ListenFixture front = open();
        try (Socket silent = socket(front);
                SSLSocket idle = front.tlsSocket(certificate.trusting(), "h2")) {
            idle.startHandshake();
            await().until(() -> front.context.connections().open() == 2);
            front.drain();

            assertThat(ends(silent)).isTrue();
            assertThat(ends(idle)).isTrue();
        }
        isGone(front);
        assertThat(front.https.refused).hasValue(0);
    }

    @Test
    void each_loop_sets_up_its_own_connections_whichever_loop_listens() throws Exception {
        ListenFixture front = open("balancer.limits.head-time=2s");
        ListenFixture.RecordedEvents others = front.new RecordedEvents();
        ListenFixture.await(front.vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return ListenFixture.open(
                        vertx,
                        front.context,
                        listener -> others,
                        listener -> request -> request.response().end("there"));
            }
        }));
        List<SSLSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SSLSocket socket = front.tlsSocket(certificate.trusting(), "http/1.1");
            sockets.add(socket);
            assertThat(responds(socket)).isTrue();
        }

        assertThat(front.https.opened.get() + others.opened.get()).isEqualTo(4);
        assertThat(front.https.opened).hasPositiveValue();
        assertThat(others.opened).hasPositiveValue();
        assertThat(front.context.connections().open()).isEqualTo(4);
        for (SSLSocket socket : sockets) {
            socket.close();
        }
        isGone(front);

        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            silent.add(socket(front));
        }
        for (Socket socket : silent) {
            assertThat(ends(socket)).isTrue();
        }
        isGone(front);
        assertThat(front.https.refused.get() + others.refused.get()).isEqualTo(4);
        assertThat(front.https.refused).hasPositiveValue();
        assertThat(others.refused).hasPositiveValue();
    }

    private ListenFixture open(String... settings) throws Exception {
        ListenFixture front = ListenFixture.tls(folder, certificate, settings);
        opened = front;
        return front;
    }

    private static void isGone(ListenFixture front) {
        await().until(() -> front.context.connections().open() == 0 && front.open.get() == 0);
    }

    private static SSLSocket introduced(ListenFixture front) throws Exception {
        Socket wire = socket(front);
        write(wire, PROXY_HEADER);
        return over(wire, "http/1.1");
    }

    private static SSLSocket over(Socket wire, String protocol) throws Exception {
        SSLSocket socket = (SSLSocket)
                certificate.trusting().getSocketFactory().createSocket(wire, "127.0.0.1", wire.getPort(), true);
        javax.net.ssl.SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static Socket socket(ListenFixture front) throws IOException {
        Socket socket = new Socket("127.0.0.1", front.ports.tls());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Whether a request on a connection that stays open gets 200. */
    private static boolean responds(SSLSocket socket) throws IOException {
        write(socket, GET);
        StringBuilder response = new StringBuilder();
        while (response.indexOf("\r\n\r\nhello") < 0 && response.indexOf("\r\n\r\nthere") < 0) {
            int value = socket.getInputStream().read();
            if (value < 0) {
                return false;
            }
            response.append((char) value);
        }
        return response.toString().startsWith("HTTP/1.1 200 ");
    }

    /** Whether the other side ends a connection, in whatever way, before ten seconds are over. */
    private static boolean ends(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {}
            return true;
        } catch (java.net.SocketTimeoutException late) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
