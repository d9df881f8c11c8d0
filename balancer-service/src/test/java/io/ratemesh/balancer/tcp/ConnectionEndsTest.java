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

/** How connections end: by a FIN of each side, by a RST, or because nothing is said for too long. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectionEndsTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int CHUNK = 100_003;

    /** Much less than waits in the balancer before it stops to read. */
    private static final int LITTLE = 8 * 1024;

    private static final Duration STANDING = Duration.ofMillis(300);

    static List<Transport> transports() {
        return TcpFixture.transports().toList();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_client_that_ends_its_question_still_gets_the_answer(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            CountDownLatch questionEnded = new CountDownLatch(1);
            int port = tcp.server(socket -> {
                long sum = RandomBytes.checksum(socket.getInputStream());
                questionEnded.countDown();
                RandomBytes.send(socket.getOutputStream(), MEGABYTE, (int) sum);
            });
            TcpListener door = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                RandomBytes.send(client.getOutputStream(), MEGABYTE, 3);
                client.shutdownOutput();

                assertThat(questionEnded.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(RandomBytes.checksum(client.getInputStream()))
                        .isEqualTo(RandomBytes.checksumOf(MEGABYTE, (int) RandomBytes.checksumOf(MEGABYTE, 3)));
            }
            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_server_that_has_said_all_still_hears_its_client(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            AtomicLong heard = new AtomicLong();
            int port = tcp.server(socket -> {
                socket.getOutputStream().write("go on".getBytes(US_ASCII));
                socket.shutdownOutput();
                heard.set(RandomBytes.checksum(socket.getInputStream()));
            });
            TcpListener door = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                assertThat(client.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .isEqualTo("go on");
                RandomBytes.send(client.getOutputStream(), MEGABYTE, 5);
                client.shutdownOutput();

                await().untilAsserted(() -> assertThat(heard).hasValue(RandomBytes.checksumOf(MEGABYTE, 5)));
                await().untilAsserted(() ->
                        assertThat(door.snapshot().traffic().open()).isZero());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void an_end_is_passed_on_while_the_other_one_stands_behind_bytes_nobody_reads(Transport transport)
            throws Exception {
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
            TcpListener door = tcp.open(TcpFixture.settings(port));
            opened.complete(door);

            try (Socket client = new Socket()) {
                client.setReceiveBufferSize(16 * 1024);
                tcp.connect(client);
                await().until(() -> isHeldUp(door));
                client.shutdownOutput();

                assertThat(heardEnd.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(client.getInputStream().transferTo(OutputStream.nullOutputStream()))
                        .isEqualTo(written.get());
            }
            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
            assertThat(door.snapshot().traffic().clientAborts()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_of_either_side_reaches_the_other_as_one(Transport transport) throws Exception {
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
            TcpListener door = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo('a');
                client.getOutputStream().write('r');
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            Socket leaver = tcp.connect();
            assertThat(leaver.getInputStream().read()).isEqualTo('a');
            leaver.getOutputStream().write('s');
            assertThat(leaver.getInputStream().read()).isEqualTo('b');
            leaver.setSoLinger(true, 0);
            leaver.close();

            await().untilAsserted(() -> assertThat(seen).hasValue('R'));
            assertThat(door.snapshot().traffic().open()).isZero();
            assertThat(door.snapshot().traffic().clientAborts()).isEqualTo(1);
            assertThat(door.snapshot().pool().counts().clientAborts()).isEqualTo(1);
            assertThat(door.snapshot().pool().counts().serverAborts()).isEqualTo(1);
        }
    }

    /** With io_uring nobody is told of a RST that comes together with octets, which is so for some of many. */
    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_right_behind_octets_is_noticed(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int port = tcp.server(socket -> {
                socket.getOutputStream().write('a');
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
            TcpListener door = tcp.open(TcpFixture.settings(port));

            for (int i = 0; i < 100; i++) {
                try (Socket leaver = tcp.connect()) {
                    assertThat(leaver.getInputStream().read()).isEqualTo('a');
                    leaver.getOutputStream().write(new byte[CHUNK]);
                    leaver.setSoLinger(true, 0);
                }
            }

            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_client_that_does_not_read_holds_its_server_back_and_is_cut_when_idle_for_too_long(Transport transport)
            throws Exception {
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
            TcpListener door =
                    tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 0, Duration.ofSeconds(2), port));

            Socket stalled = new Socket();
            stalled.setReceiveBufferSize(16 * 1024);
            tcp.connect(stalled);
            await().until(() -> TcpFixture.await(door.pending()) > 0);
            long most = 0;
            while (!cut.await(50, TimeUnit.MILLISECONDS)) {
                most = Math.max(most, TcpFixture.await(door.pending()));
            }

            assertThat(most).isBetween(1L, 192L * 1024);
            // The rest lies in the kernel's buffers, of which there are four.
            assertThat(written.get()).isLessThan(30L * MEGABYTE);
            assertThat(door.snapshot().traffic().idleTimeouts()).isEqualTo(1);
            assertThat(door.snapshot().traffic().open()).isZero();
            assertThatThrownBy(() -> stalled.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(SocketException.class);
            stalled.close();
        }
    }

    @Test
    void a_silent_connection_is_closed_after_the_idle_time_and_one_that_speaks_is_not() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TestServers::echo);
            TcpListener door =
                    tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 0, Duration.ofMillis(800), port));

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
                waiting.get(1, TimeUnit.SECONDS);
            }
            assertThat(door.snapshot().traffic().idleTimeouts()).isEqualTo(1);
        }
    }

    /** Whether bytes wait in the balancer, and neither pass through nor find room in the kernel yet. */
    private static boolean isHeldUp(TcpListener door) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < STANDING.toNanos()) {
            if (TcpFixture.await(door.pending()) == 0) {
                return false;
            }
        }
        return true;
    }
}
