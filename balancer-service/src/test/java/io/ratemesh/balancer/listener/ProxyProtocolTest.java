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

/** The PROXY protocol before each of the front door's HTTP listeners. */
class ProxyProtocolTest {

    private static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    /** Less than a header may take to come: who is closed within it was not waited for. */
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
    void a_header_says_the_same_wherever_it_is_split(Case header) throws Exception {
        for (int split = 0; split <= header.octets().length; split++) {
            read(header, split);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void it_does_so_octet_by_octet(Case header) throws Exception {
        int[] all = new int[header.octets().length];
        Arrays.setAll(all, i -> i);
        read(header, all);
    }

    @Test
    void a_header_that_is_not_whole_in_time_is_invalid_however_slowly_it_comes() throws Exception {
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
    void before_HTTP_it_says_whose_connection_it_is_or_ends_it(Case header) throws Exception {
        int refused = front.http.turnedAway.get();
        try (Socket socket = introduced(front.ports.http(), header)) {
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
            answers(header, socket);
        } catch (IOException e) {
            assertThat(header.invalid()).as(e.toString()).isTrue();
        }
        isCounted(header, front.http, refused);
    }

    @ParameterizedTest
    @MethodSource("decided")
    void before_TLS_it_says_whose_connection_it_is_or_ends_it(Case header) throws Exception {
        int refused = front.https.turnedAway.get();
        try (Socket wire = introduced(front.ports.tls(), header);
                SSLSocket socket = (SSLSocket) certificate
                        .trusting()
                        .getSocketFactory()
                        .createSocket(wire, "127.0.0.1", front.ports.tls(), true)) {
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
            answers(header, socket);
        } catch (IOException e) {
            assertThat(header.invalid()).as(e.toString()).isTrue();
        }
        isCounted(header, front.https, refused);
    }

    @ParameterizedTest
    @MethodSource("decided")
    void before_HTTP_2_it_says_whose_connection_it_is_or_ends_it(Case header) throws Exception {
        int refused = front.h2c.turnedAway.get();
        try (Socket socket = introduced(front.ports.h2c(), header);
                RawHttp2 raw = new RawHttp2(socket)) {
            raw.get(1);
            saw(header, raw.next(1).text());
        } catch (IOException e) {
            assertThat(header.invalid()).as(e.toString()).isTrue();
        }
        isCounted(header, front.h2c, refused);
    }

    private static Socket introduced(int port, Case header) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PROMPTLY_MILLIS);
        socket.getOutputStream().write(header.octets());
        return socket;
    }

    private static void answers(Case header, Socket socket) throws IOException {
        String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        if (header.invalid()) {
            assertThat(answer).isEmpty();
        } else {
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            saw(header, answer);
        }
    }

    private static void saw(Case header, String answer) {
        assertThat(answer).containsIgnoringCase("| X-Forwarded-For=" + header.client("127.0.0.1") + " |");
    }

    private static void isCounted(Case header, ListenFixture.RecordedEvents told, int before) {
        await().untilAsserted(() -> assertThat(told.turnedAway.get() - before).isEqualTo(header.invalid() ? 1 : 0));
    }

    private static void write(EmbeddedChannel channel, byte[] octets, int from, int to) {
        if (from < to) {
            channel.writeInbound(Unpooled.copiedBuffer(octets, from, to - from));
        }
    }

    private static void read(Case header, int... splits) throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel(new ProxyProtocolDecoder());
        byte[] octets = header.octets();
        int from = 0;
        try {
            for (int split : splits) {
                write(channel, octets, from, split);
                from = split;
            }
            write(channel, octets, from, octets.length);
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
