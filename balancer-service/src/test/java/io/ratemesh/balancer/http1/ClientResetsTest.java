package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.transport.Transport;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reset by a client is noticed within a second, also if it arrives together with bytes. */
class ClientResetsTest {

    private static final Duration SWEEP = Duration.ofMillis(RequestGuard.SWEEP_MILLIS);

    private final Queue<HttpServerResponse> open = new ConcurrentLinkedQueue<>();

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    /** Only these transports notice a reset while a channel does not read. */
    static Stream<Transport> nativeTransports() {
        return transports().filter(transport -> transport != Transport.NIO);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_within_a_body_is_noticed(Transport transport) throws Exception {
        try (GuardedServer balancer = new GuardedServer(transport, ignored -> {})) {
            balancer.guarded.unseen(
                    () -> balancer.sendAndReset("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345"));

            balancer.noticesAfter(1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_before_the_response_is_noticed(Transport transport) throws Exception {
        try (GuardedServer balancer = new GuardedServer(transport, ignored -> {})) {
            balancer.guarded.unseen(() -> balancer.sendAndReset("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));

            balancer.noticesAfter(2);
        }
    }

    @ParameterizedTest
    @MethodSource("nativeTransports")
    void a_reset_while_the_body_is_paused_is_noticed(Transport transport) throws Exception {
        try (GuardedServer balancer = new GuardedServer(transport, HttpServerRequest::pause)) {
            balancer.sendAndReset(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(256 * 1024));

            balancer.noticesAfter(2);
        }
    }

    /** A guarded server that never responds. */
    private final class GuardedServer implements AutoCloseable {

        private final Vertx vertx;
        private final GuardFixture guarded;

        GuardedServer(Transport transport, java.util.function.Consumer<HttpServerRequest> handling) {
            vertx = Vertx.builder().withTransport(transport).build();
            guarded = new GuardFixture(
                    vertx,
                    false,
                    server -> server.requestHandler(request -> {
                        handling.accept(request);
                        open.add(request.response());
                    }));
        }

        void sendAndReset(String bytes) throws Exception {
            try (Socket client = new Socket("127.0.0.1", guarded.port)) {
                client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
                client.setSoLinger(true, 0);
            }
        }

        void noticesAfter(int sweeps) {
            await().until(() -> open.size() == 1);
            for (int i = 0; i < sweeps; i++) {
                guarded.passes(SWEEP);
            }
            await().until(() -> open.element().closed());
        }

        @Override
        public void close() {
            guarded.close();
            GuardFixture.await(vertx.close());
        }
    }
}
