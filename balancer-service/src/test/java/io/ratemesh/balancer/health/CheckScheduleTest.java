package io.ratemesh.balancer.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.pool.Availability;
import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.node.settings.CheckSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckScheduleTest {

    private static final CheckSettings EVERY_50_MS = new CheckSettings(
            CheckSettings.Kind.HTTP,
            "/health/ready",
            new CheckSettings.Statuses(200, 200),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            2,
            3);

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = new Pool("servers");
    private final AtomicInteger status = new AtomicInteger(200);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void failed_nodes_are_probed_on_and_come_back_by_themselves() throws Exception {
        Upstream upstream = startedUpstream();
        await().until(() -> upstream.availability() == Availability.UP);

        status.set(503);
        await().until(() -> upstream.availability() == Availability.DOWN);
        assertThat(upstream.lastCheck()).hasValueSatisfying(check -> {
            assertThat(check.status()).isEqualTo(503);
            assertThat(check.detail()).contains("503").contains("expected: 200");
        });

        status.set(200);
        await().until(() -> upstream.availability() == Availability.UP);
    }

    @Test
    void a_second_failure_report_of_the_same_node_does_not_end_the_checking() throws Exception {
        Upstream upstream = startedUpstream();
        await().until(() -> upstream.availability() == Availability.UP);

        for (int i = 0; i < 10; i++) {
            upstream.refused();
        }

        await().until(() -> upstream.availability() == Availability.UP);
    }

    private Upstream startedUpstream() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request ->
                        request.response().setStatusCode(status.get()).end())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        Upstream upstream = new Upstream("a", "127.0.0.1", server.actualPort(), 2, 3, InstantSource.system());
        pool.add(upstream);
        vertx.runOnContext(ignored -> new CheckSchedule(vertx, pool, EVERY_50_MS, (changed, before) -> {}));
        return upstream;
    }
}
