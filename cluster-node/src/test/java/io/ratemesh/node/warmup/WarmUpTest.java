package io.ratemesh.node.warmup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WarmUpTest {

    private static final Duration CPU = Duration.ofMillis(50);
    private static final byte[] BYTES = "ping.".getBytes(US_ASCII);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();

    @AfterEach
    void close() {
        awaited(vertx.close());
    }

    @Test
    void requests_are_sent_until_the_budget_is_spent_and_then_the_path_is_closed() {
        awaited(WarmUp.run(vertx, CPU, meters, this::open));

        assertThat(received.get()).isPositive();
        assertThat(seconds()).isPositive();
        assertThatThrownBy(() -> LoopbackConnection.open(port.get())).isInstanceOf(ConnectException.class);
    }

    @Test
    void a_budget_of_zero_disables_it() {
        awaited(WarmUp.run(vertx, Duration.ZERO, meters, this::open));

        assertThat(received).hasValue(0);
        assertThat(seconds()).isZero();
    }

    @Test
    void a_path_that_cannot_be_opened_does_not_fail_the_start() {
        awaited(WarmUp.run(vertx, CPU, meters, path -> Future.failedFuture("no port")));
        awaited(WarmUp.run(vertx, CPU, meters, path -> {
            throw new IllegalStateException("broken");
        }));
        assertThat(seconds()).isZero();
    }

    @Test
    void requests_that_fail_do_not_fail_the_start_and_the_path_is_closed() {
        awaited(WarmUp.run(
                vertx,
                CPU,
                meters,
                path -> open(path)
                        .map(opened -> requests(() -> {
                            throw new IOException("reset");
                        }))));

        assertThatThrownBy(() -> LoopbackConnection.open(port.get())).isInstanceOf(ConnectException.class);
    }

    @Test
    void a_path_that_never_responds_does_not_delay_the_start_for_ever() {
        long start = System.nanoTime();
        awaited(WarmUp.run(
                vertx,
                CPU,
                meters,
                path -> path.createNetServer()
                        .connectHandler(socket -> {})
                        .listen(0, "127.0.0.1")
                        .map(server -> requests(() -> exchange(server.actualPort())))));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(seconds()).isZero();
    }

    /** A server that sends back what it receives. */
    private Future<WarmUpRequests> open(Vertx path) {
        return path.createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                    received.incrementAndGet();
                    socket.write(bytes);
                }))
                .listen(0, "127.0.0.1")
                .map(NetServer::actualPort)
                .onSuccess(port::set)
                .map(opened -> requests(() -> exchange(opened)));
    }

    private static int exchange(int port) throws IOException {
        try (LoopbackConnection connection = LoopbackConnection.open(port)) {
            connection.send(BYTES);
            connection.readUntil(new byte[] {'.'});
            return 1;
        }
    }

    private interface Send {
        int send() throws IOException;
    }

    private static WarmUpRequests requests(Send send) {
        return new WarmUpRequests() {
            @Override
            public int send() throws IOException {
                return send.send();
            }

            @Override
            public void close() {}
        };
    }

    private double seconds() {
        return meters.get("ratemesh.warm.up").gauge().value();
    }

    private static void awaited(Future<Void> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
