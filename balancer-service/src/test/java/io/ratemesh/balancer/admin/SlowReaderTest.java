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
class SlowReaderTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void who_takes_nothing_is_cut_off_and_others_read_on() throws Exception {
        String much = "x".repeat(500_000);
        StatsStream stream = new StatsStream(vertx, () -> snapshot(much), new EventLog(vertx), 8, 50);
        int port = listen(stream);
        try (Socket stuck = open(port);
                Socket reading = open(port)) {
            CompletableFuture<Long> read = CompletableFuture.supplyAsync(() -> drain(reading));
            await().until(() -> stream.clients() == 2);

            await().until(() -> stream.clients() == 1);

            int before = made.get();
            await().until(() -> made.get() > before + 2);
            assertThat(stream.clients()).as("the one that reads").isEqualTo(1);
            assertThat(stuck.isConnected()).isTrue();
            reading.shutdownInput();
            assertThat(read.get(10, TimeUnit.SECONDS)).isGreaterThan(10 * 500_000L);
        }
        await().until(() -> stream.clients() == 0);
    }

    @Test
    void a_snapshot_is_made_once_for_all_and_not_at_all_for_nobody() throws Exception {
        StatsStream stream = new StatsStream(vertx, () -> snapshot(""), new EventLog(vertx), 8, 50);
        int port = listen(stream);
        try (Socket one = open(port);
                Socket two = open(port);
                Socket three = open(port)) {
            await().until(() -> stream.clients() == 3);
            int before = made.get();
            long began = System.nanoTime();
            await().until(() -> made.get() >= before + 10);
            assertThat(System.nanoTime() - began)
                    .as("not three a period")
                    .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(350));
            assertThat(one.isConnected() && two.isConnected() && three.isConnected())
                    .isTrue();
        }
        await().until(() -> stream.clients() == 0);
        int last = made.get();
        await().pollDelay(200, TimeUnit.MILLISECONDS).until(() -> made.get() == last);
    }

    private JsonObject snapshot(String text) {
        made.incrementAndGet();
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
