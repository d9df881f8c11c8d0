package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.stats.EventLog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SlowStatsClientTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger snapshots = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_client_that_reads_nothing_is_disconnected_and_others_are_not() throws Exception {
        String largeText = "x".repeat(500_000);
        StatsStream stream = new StatsStream(
                vertx, () -> snapshot(largeText), () -> snapshot(largeText), new EventLog(vertx), 8, 50);
        int port = listen(stream);
        try (Socket stalled = open(port);
                Socket reading = open(port)) {
            CompletableFuture<Long> read = CompletableFuture.supplyAsync(() -> drain(reading));
            await().until(() -> stream.clients() == 2);

            await().until(() -> stream.clients() == 1);

            int before = snapshots.get();
            await().until(() -> snapshots.get() > before + 2);
            assertThat(stream.clients()).as("the client that reads").isEqualTo(1);
            assertThat(stalled.isConnected()).isTrue();
            reading.shutdownInput();
            assertThat(read.get(10, TimeUnit.SECONDS)).isGreaterThan(10 * 500_000L);
        }
        await().until(() -> stream.clients() == 0);
    }

    @Test
    void a_snapshot_is_built_once_for_all_clients_and_only_while_there_are_any() throws Exception {
        StatsStream stream = new StatsStream(vertx, () -> snapshot(""), () -> snapshot(""), new EventLog(vertx), 8, 50);
        int port = listen(stream);
        try (Socket one = open(port);
                Socket two = open(port);
                Socket three = open(port)) {
            await().until(() -> stream.clients() == 3);
            int before = snapshots.get();
            long start = System.nanoTime();
            await().until(() -> snapshots.get() >= before + 10);
            assertThat(System.nanoTime() - start)
                    .as("one snapshot per period, not three")
                    .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(350));
            assertThat(one.isConnected() && two.isConnected() && three.isConnected())
                    .isTrue();
        }
        await().until(() -> stream.clients() == 0);
        int last = snapshots.get();
        await().pollDelay(200, TimeUnit.MILLISECONDS).until(() -> snapshots.get() == last);
    }

    private JsonObject snapshot(String text) {
        snapshots.incrementAndGet();
        return new JsonObject().put("text", text);
    }

    private int listen(StatsStream stream) throws Exception {
        Router router = Router.router(vertx);
        router.get("/stats/events").handler(stream);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static Socket open(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write("GET /stats/events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
        return socket;
    }

    private static long drain(Socket socket) {
        long all = 0;
        try {
            InputStream in = socket.getInputStream();
            byte[] some = new byte[64 * 1024];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                all += count;
            }
        } catch (IOException e) {
            // Closed by the test.
        }
        return all;
    }
}
