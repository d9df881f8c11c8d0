package io.ratemesh.balancer.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A slow side holds back a fast one, without memory growth and without loss. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowConnectionsTest {

    private static final int MUCH = 40 * 1024 * 1024;

    /** Buffered bytes of each direction, without those of one read. */
    private static final long BUFFER = 64 * 1024;

    private static final long ONE_READ = 64 * 1024;

    static List<Transport> transports() {
        return TcpFixture.transports().toList();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_server_that_does_not_read_holds_its_client_back_and_gets_everything_later(Transport transport)
            throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            CountDownLatch read = new CountDownLatch(1);
            AtomicLong got = new AtomicLong();
            TcpListener listener = tcp.open(TcpFixture.settings(tcp.server(socket -> {
                read.await();
                got.set(count(socket.getInputStream()));
            })));
            try (Socket client = tcp.connect()) {
                AtomicLong written = new AtomicLong();
                Future<?> writing = tcp.beside(socket -> write(socket, written), client);
                awaitStanding(written);

                assertThat(written.get()).isLessThan(MUCH);
                await().untilAsserted(() ->
                        assertThat(TcpFixture.await(listener.pending())).isBetween(1L, BUFFER + ONE_READ));

                read.countDown();
                writing.get(30, TimeUnit.SECONDS);
            }
            await().untilAsserted(() -> assertThat(got).hasValue(MUCH));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void forty_clients_that_do_not_read_cost_forty_buffers_and_get_everything_later(Transport transport)
            throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            AtomicLong written = new AtomicLong();
            TcpListener listener = tcp.open(TcpFixture.settings(tcp.server(socket -> write(socket, written))));
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Socket client = new Socket();
                client.setReceiveBufferSize(16 * 1024);
                clients.add(tcp.connect(client));
            }
            awaitStanding(written);

            await().untilAsserted(() ->
                    assertThat(TcpFixture.await(listener.pending())).isBetween(40L, 40 * (BUFFER + ONE_READ)));

            assertThat(count(clients.get(0).getInputStream())).isEqualTo(MUCH);
            for (Socket client : clients) {
                client.close();
            }
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
            assertThat(TcpFixture.await(listener.pending())).isZero();
        }
    }

    /** Both FINs of the server's connection have then been sent, which looks like a reset to who only asks for its state. */
    @ParameterizedTest
    @MethodSource("transports")
    void a_slow_client_that_has_sent_its_FIN_gets_what_its_server_sent_before_its_own(Transport transport)
            throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            CompletableFuture<TcpListener> opened = new CompletableFuture<>();
            CompletableFuture<Long> sent = new CompletableFuture<>();
            TcpListener listener = tcp.open(TcpFixture.settings(tcp.server(socket -> {
                count(socket.getInputStream());
                sent.complete(writeUntilHeldBack(socket, opened.join()));
            })));
            opened.complete(listener);
            try (Socket client = new Socket()) {
                client.setReceiveBufferSize(16 * 1024);
                tcp.connect(client).shutdownOutput();

                long all = sent.get();
                await().during(3, TimeUnit.SECONDS)
                        .until(() -> listener.snapshot().traffic().open() == 1);

                assertThat(count(client.getInputStream())).isEqualTo(all);
            }
        }
    }

    /** Writes until the listener reads no more, and then so little that the kernel takes it with the FIN. */
    private static long writeUntilHeldBack(Socket socket, TcpListener listener) throws IOException {
        byte[] chunk = new byte[8 * 1024];
        long written = 0;
        long before;
        long pending = 0;
        do {
            socket.getOutputStream().write(chunk);
            written += chunk.length;
            before = pending;
            pending = TcpFixture.await(listener.pending());
        } while (pending == 0 || pending != before);
        return written;
    }

    /** Waits until no more bytes were written for half a second. */
    private static void awaitStanding(AtomicLong written) {
        await().during(500, TimeUnit.MILLISECONDS).until(new Object() {
            private long before = -1;

            boolean stands() {
                long now = written.get();
                boolean same = now == before && now > 0;
                before = now;
                return same;
            }
        }::stands);
    }

    private static void write(Socket socket, AtomicLong written) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        for (int left = MUCH; left > 0; left -= chunk.length) {
            socket.getOutputStream().write(chunk);
            written.addAndGet(chunk.length);
        }
        socket.shutdownOutput();
    }

    private static long count(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long count = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            count += read;
        }
        return count;
    }
}
