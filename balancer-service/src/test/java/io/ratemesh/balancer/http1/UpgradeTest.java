package io.ratemesh.balancer.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {

    private final Vertx vertx = Vertx.vertx();

    /** A field, because one that is collected closes its connections. */
    private final WebSocketClient clients = vertx.createWebSocketClient();

    @AfterEach
    void close() {
        GuardFixture.await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void after_a_101_bytes_are_not_framed_and_have_no_time_limit(boolean byteByByte) {
        AtomicReference<ServerWebSocket> server = new AtomicReference<>();
        try (GuardFixture balancer = new GuardFixture(
                vertx,
                byteByByte,
                http -> http.webSocketHandler(socket -> {
                    server.set(socket);
                    socket.binaryMessageHandler(socket::writeBinaryMessage);
                }))) {
            WebSocket client = GuardFixture.await(clients.connect(balancer.port, "127.0.0.1", "/"));
            Buffer message = Buffer.buffer("\0\n\r GET * HTTP/9\n\n".repeat(5000));
            AtomicReference<Buffer> echo = new AtomicReference<>();
            client.binaryMessageHandler(echo::set);

            for (int i = 0; i < 3; i++) {
                balancer.passes(Duration.ofHours(1));
                echo.set(null);
                client.writeBinaryMessage(message);
                await().untilAsserted(() -> assertThat(echo.get()).isEqualTo(message));
            }
            assertThat(balancer.counts.snapshot().rejected()).isZero();
        }
    }
}
