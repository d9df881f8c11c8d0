package io.ratemesh.balancer.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.node.settings.CheckSettings.Kind;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.vertx.core.transport.Transport;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How connections end: by a FIN of each side, by a RST, or by the idle timeout. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectionEndsTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int CHUNK = 100_003;

    /** Much less than the balancer buffers before it stops reading. */
    private static final int LITTLE = 8 * 1024;

    private static final Duration BLOCKED_TIME = Duration.ofMillis(300);

    static List<Transport> transports() {
        return TcpFixture.transports().toList();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_client_that_sends_a_FIN_still_gets_the_response(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            CountDownLatch questionEnded = new CountDownLatch(1);
            int port = tcp.server(socket -> {
                long sum = RandomBytes.checksum(socket.getInputStream());
                questionEnded.countDown();
                RandomBytes.send(socket.getOutputStream(), MEGABYTE, (int) sum);
            });
            TcpListener listener = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                RandomBytes.send(client.getOutputStream(), MEGABYTE, 3);
                client.shutdownOutput();

                assertThat(questionEnded.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(RandomBytes.checksum(client.getInputStream()))
                        .isEqualTo(RandomBytes.checksumOf(MEGABYTE, (int) RandomBytes.checksumOf(MEGABYTE, 3)));
            }
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_server_that_sends_a_FIN_still_receives_from_its_client(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            AtomicLong received = new AtomicLong();
            int port = tcp.server(socket -> {
                socket.getOutputStream().write("go on".getBytes(US_ASCII));
                socket.shutdownOutput();
                received.set(RandomBytes.checksum(socket.getInputStream()));
            });
            TcpListener listener = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                assertThat(client.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .isEqualTo("go on");
                RandomBytes.send(client.getOutputStream(), MEGABYTE, 5);
                client.shutdownOutput();

                await().untilAsserted(() -> assertThat(received).hasValue(RandomBytes.checksumOf(MEGABYTE, 5)));
                await().untilAsserted(() ->
                        assertThat(listener.snapshot().traffic().open()).isZero());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_FIN_is_relayed_while_the_other_direction_is_blocked(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            CompletableFuture<TcpListener> opened = new CompletableFuture<>();
            AtomicLong written = new AtomicLong();
            CountDownLatch heardEnd = new CountDownLatch(1);
            int port = tcp.server(socket -> {
                do {
                    socket.getOutputStream().write(new byte[LITTLE]);
                    written.addAndGet(LITTLE);
                } while (!isHeldUp(opened.join()));
                socket.shutdownOutput();
                if (socket.getInputStream().read() < 0) {
                    heardEnd.countDown();
                }
            });
            TcpListener listener = tcp.open(TcpFixture.settings(port));
            opened.complete(listener);

            try (Socket client = new Socket()) {
                client.setReceiveBufferSize(16 * 1024);
                tcp.connect(client);
                await().until(() -> isHeldUp(listener));
                client.shutdownOutput();

                assertThat(heardEnd.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(client.getInputStream().transferTo(OutputStream.nullOutputStream()))
                        .isEqualTo(written.get());
            }
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
            assertThat(listener.snapshot().traffic().clientAborts()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_of_either_side_resets_the_other(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            AtomicLong seen = new AtomicLong();
            int port = tcp.server(socket -> {
                socket.getOutputStream().write('a');
                int first = socket.getInputStream().read();
                if (first == 'r') {
                    socket.setSoLinger(true, 0);
                    return;
                }
                socket.getOutputStream().write('b');
                try {
                    seen.set(socket.getInputStream().read());
                } catch (SocketException e) {
                    seen.set('R');
                }
            });
            TcpListener listener = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo('a');
                client.getOutputStream().write('r');
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            Socket aborting = tcp.connect();
            assertThat(aborting.getInputStream().read()).isEqualTo('a');
            aborting.getOutputStream().write('s');
            assertThat(aborting.getInputStream().read()).isEqualTo('b');
            aborting.setSoLinger(true, 0);
            aborting.close();

            await().untilAsserted(() -> assertThat(seen).hasValue('R'));
            assertThat(listener.snapshot().traffic().open()).isZero();
            assertThat(listener.snapshot().traffic().clientAborts()).isEqualTo(1);
            assertThat(listener.snapshot().pool().counts().clientAborts()).isEqualTo(1);
            assertThat(listener.snapshot().pool().counts().serverAborts()).isEqualTo(1);
        }
    }

    /** With io_uring there is no event for a RST that is received together with bytes, which happens for some of many. */
    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_right_after_bytes_is_detected(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int port = tcp.server(socket -> {
                socket.getOutputStream().write('a');
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
            TcpListener listener = tcp.open(TcpFixture.settings(port));

            for (int i = 0; i < 100; i++) {
                try (Socket aborting = tcp.connect()) {
                    assertThat(aborting.getInputStream().read()).isEqualTo('a');
                    aborting.getOutputStream().write(new byte[CHUNK]);
                    aborting.setSoLinger(true, 0);
                }
            }

            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_client_that_does_not_read_holds_its_server_back_and_times_out(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            AtomicLong written = new AtomicLong();
            CountDownLatch cut = new CountDownLatch(1);
            int port = tcp.server(socket -> {
                try {
                    byte[] chunk = new byte[CHUNK];
                    while (true) {
                        socket.getOutputStream().write(chunk);
                        written.addAndGet(chunk.length);
                    }
                } finally {
                    cut.countDown();
                }
            });
            TcpListener listener =
                    tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 0, Duration.ofSeconds(2), port));

            Socket stalled = new Socket();
            stalled.setReceiveBufferSize(16 * 1024);
            tcp.connect(stalled);
            await().until(() -> TcpFixture.await(listener.pending()) > 0);
            long most = 0;
            while (!cut.await(50, TimeUnit.MILLISECONDS)) {
                most = Math.max(most, TcpFixture.await(listener.pending()));
            }

            assertThat(most).isBetween(1L, 192L * 1024);
            // The rest is in the four buffers of the kernel.
            assertThat(written.get()).isLessThan(30L * MEGABYTE);
            assertThat(listener.snapshot().traffic().idleTimeouts()).isEqualTo(1);
            assertThat(listener.snapshot().traffic().open()).isZero();
            assertThatThrownBy(() -> stalled.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(SocketException.class);
            stalled.close();
        }
    }

    @Test
    void an_idle_connection_times_out_and_an_active_one_does_not() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TestServers::echo);
            TcpListener listener =
                    tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 0, Duration.ofSeconds(2), port));

            try (Socket silent = tcp.connect();
                    Socket speaker = tcp.connect()) {
                CountDownLatch closed = new CountDownLatch(1);
                java.util.concurrent.Future<?> waiting = tcp.beside(
                        socket -> {
                            assertThat(socket.getInputStream().read()).isEqualTo(-1);
                            closed.countDown();
                        },
                        silent);
                do {
                    speaker.getOutputStream().write('x');
                    assertThat(speaker.getInputStream().read()).isEqualTo('x');
                } while (!closed.await(50, TimeUnit.MILLISECONDS));
                speaker.getOutputStream().write('y');
                assertThat(speaker.getInputStream().read()).isEqualTo('y');
                waiting.get(10, TimeUnit.SECONDS);
            }
            assertThat(listener.snapshot().traffic().idleTimeouts()).isEqualTo(1);
        }
    }

    /** Whether the same bytes stay buffered in the balancer for a while. */
    private static boolean isHeldUp(TcpListener listener) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < BLOCKED_TIME.toNanos()) {
            if (TcpFixture.await(listener.pending()) == 0) {
                return false;
            }
        }
        return true;
    }
}
