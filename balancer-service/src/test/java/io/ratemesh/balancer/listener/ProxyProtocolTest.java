package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.NetUtil;
import io.ratemesh.balancer.listener.ProxyHeaders.Case;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The PROXY protocol at each of the HTTP listeners. */
class ProxyProtocolTest {

    private static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    /** Less than the timeout of a header: a connection that is closed within it was not timed out. */
    private static final int PROMPTLY_MILLIS = 4000;

    private static TestCertificate certificate;
    private static ListenFixture front;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        certificate = new TestCertificate(folder, "site");
        front = ListenFixture.tls(
                folder,
                certificate,
                "balancer.http.proxy-protocol=true",
                "balancer.tls.proxy-protocol=true",
                "balancer.h2c.port=0",
                "balancer.h2c.bind=127.0.0.1",
                "balancer.h2c.proxy-protocol=true");
    }

    @AfterAll
    static void close() {
        front.close();
    }

    static Stream<Case> cases() {
        return ProxyHeaders.all();
    }

    static Stream<Case> decided() {
        return cases().filter(header -> !header.undecided());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_header_is_read_alike_wherever_it_is_split(Case header) throws Exception {
        for (int split = 0; split <= header.bytes().length; split++) {
            read(header, split);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_header_is_read_alike_byte_by_byte(Case header) throws Exception {
        int[] all = new int[header.bytes().length];
        Arrays.setAll(all, i -> i);
        read(header, all);
    }

    @Test
    void a_header_that_is_late_is_invalid_even_if_bytes_keep_arriving() throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel(new ProxyProtocolDecoder());
        for (int second = 0; second < 4; second++) {
            channel.writeInbound(Unpooled.copiedBuffer("PROXY ".substring(second, second + 1), ISO_8859_1));
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
            channel.checkException();
        }
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThatThrownBy(channel::checkException).isInstanceOf(ProxyProtocolHeader.InvalidException.class);
    }

    @ParameterizedTest
    @MethodSource("decided")
    void a_header_before_HTTP_gives_the_client_or_ends_the_connection(Case header) throws Exception {
        int before = front.http.refused.get();
        try (Socket socket = connect(front.ports.http(), header)) {
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
            checkResponse(header, socket);
        } catch (IOException e) {
            assertThat(header.invalid()).as(e.toString()).isTrue();
        }
        isCounted(header, front.http, before);
    }

    @ParameterizedTest
    @MethodSource("decided")
    void a_header_before_TLS_gives_the_client_or_ends_the_connection(Case header) throws Exception {
        int before = front.https.refused.get();
        try (Socket wire = connect(front.ports.tls(), header);
                SSLSocket socket = (SSLSocket) certificate
                        .trusting()
                        .getSocketFactory()
                        .createSocket(wire, "127.0.0.1", front.ports.tls(), true)) {
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
            checkResponse(header, socket);
        } catch (IOException e) {
            assertThat(header.invalid()).as(e.toString()).isTrue();
        }
        isCounted(header, front.https, before);
    }

    @ParameterizedTest
    @MethodSource("decided")
    void a_header_before_HTTP_2_gives_the_client_or_ends_the_connection(Case header) throws Exception {
        int before = front.h2c.refused.get();
        try (Socket socket = connect(front.ports.h2c(), header);
                RawHttp2 raw = new RawHttp2(socket)) {
            raw.get(1);
            saw(header, raw.next(1).text());
        } catch (IOException e) {
            assertThat(header.invalid()).as(e.toString()).isTrue();
        }
        isCounted(header, front.h2c, before);
    }

    private static Socket connect(int port, Case header) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PROMPTLY_MILLIS);
        socket.getOutputStream().write(header.bytes());
        return socket;
    }

    private static void checkResponse(Case header, Socket socket) throws IOException {
        String response = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        if (header.invalid()) {
            assertThat(response).isEmpty();
        } else {
            assertThat(response).startsWith("HTTP/1.1 200 ");
            saw(header, response);
        }
    }

    private static void saw(Case header, String response) {
        assertThat(response).containsIgnoringCase("| X-Forwarded-For=" + header.client("127.0.0.1") + " |");
    }

    private static void isCounted(Case header, ListenFixture.RecordedEvents events, int before) {
        await().untilAsserted(() -> assertThat(events.refused.get() - before).isEqualTo(header.invalid() ? 1 : 0));
    }

    private static void write(EmbeddedChannel channel, byte[] bytes, int from, int to) {
        if (from < to) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
        }
    }

    private static void read(Case header, int... splits) throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel(new ProxyProtocolDecoder());
        byte[] bytes = header.bytes();
        int from = 0;
        try {
            for (int split : splits) {
                write(channel, bytes, from, split);
                from = split;
            }
            write(channel, bytes, from, bytes.length);
            if (!header.undecided()) {
                write(channel, "behind".getBytes(ISO_8859_1), 0, 6);
            }
            assertThat(header.invalid()).isFalse();
            ProxyProtocolHeader read = channel.readInbound();
            if (header.undecided()) {
                assertThat(read).isNull();
                assertThat(channel.pipeline().get(ProxyProtocolDecoder.class)).isNotNull();
            } else {
                assertThat(
                                read.source() == null
                                        ? "peer"
                                        : NetUtil.toAddressString(read.source().getAddress()))
                        .isEqualTo(header.expect());
                ByteBuf behind = channel.readInbound();
                assertThat(behind.toString(ISO_8859_1)).isEqualTo("behind");
                behind.release();
                assertThat(channel.pipeline().get(ProxyProtocolDecoder.class)).isNull();
            }
        } catch (Exception e) {
            assertThat(e).isInstanceOf(ProxyProtocolHeader.InvalidException.class);
            assertThat(header.invalid()).as(e.getMessage()).isTrue();
        } finally {
            channel.finishAndReleaseAll();
        }
    }
}
