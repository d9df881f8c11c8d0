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

/** A client that resets its connection is noticed within a second, also where the reset comes together with octets. */
class ClientResetsTest {

    private static final Duration SWEEP = Duration.ofMillis(RequestGuard.SWEEP_MILLIS);

    private final Queue<HttpServerResponse> open = new ConcurrentLinkedQueue<>();

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    /** Only these tell of a reset where nobody reads. */
    static Stream<Transport> nativeTransports() {
        return transports().filter(transport -> transport != Transport.NIO);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void in_the_middle_of_its_body(Transport transport) throws Exception {
        try (Door door = new Door(transport, ignored -> {})) {
            door.guarded.unseen(
                    () -> door.sendAndReset("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345"));

            door.noticesAfter(1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void while_it_waits_for_the_answer(Transport transport) throws Exception {
        try (Door door = new Door(transport, ignored -> {})) {
            door.guarded.unseen(() -> door.sendAndReset("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));

            door.noticesAfter(2);
        }
    }

    @ParameterizedTest
    @MethodSource("nativeTransports")
    void while_its_body_is_held_back(Transport transport) throws Exception {
        try (Door door = new Door(transport, HttpServerRequest::pause)) {
            door.sendAndReset("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(256 * 1024));

            door.noticesAfter(2);
        }
    }

    /** A guarded server that answers nobody. */
    private final class Door implements AutoCloseable {

        private final Vertx vertx;
        private final GuardFixture guarded;

        Door(Transport transport, java.util.function.Consumer<HttpServerRequest> handling) {
            vertx = Vertx.builder().withTransport(transport).build();
            guarded = new GuardFixture(
                    vertx,
                    false,
                    server -> server.requestHandler(request -> {
                        handling.accept(request);
                        open.add(request.response());
                    }));
        }

        void sendAndReset(String octets) throws Exception {
            try (Socket client = new Socket("127.0.0.1", guarded.port)) {
                client.getOutputStream().write(octets.getBytes(ISO_8859_1));
                client.setSoLinger(true, 0);
            }
        }

        void noticesAfter(int sweeps) {
            await().until(() -> open.size() == 1);
            for (int i = 0; i < sweeps; i++) {
                guarded.passes(SWEEP);
            }
            await().atMost(Duration.ofSeconds(1)).until(() -> open.element().closed());
        }

        @Override
        public void close() {
            guarded.close();
            GuardFixture.await(vertx.close());
        }
    }
}
