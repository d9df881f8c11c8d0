package io.ratemesh.balancer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.node.book.FeedStatusReport;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedReportLogTest {

    private final Vertx vertx = Vertx.vertx();
    private final FeedReportLog log =
            new FeedReportLog(vertx, InstantSource.fixed(Instant.parse("2026-07-06T14:00:00Z")));

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void the_last_report_of_the_leader_is_kept() {
        assertThat(log.toJson())
                .isEqualTo(new JsonObject("{\"ratesLeader\":null,\"feedsReportedAt\":null,\"feeds\":[]}"));
        JsonArray feeds = new JsonArray().add(new JsonObject().put("name", "ecb"));

        vertx.eventBus()
                .publish(
                        FeedStatusReport.ADDRESS,
                        new JsonObject().put("leader", "rates-1").put("feeds", feeds));

        await().untilAsserted(() -> assertThat(log.toJson())
                .isEqualTo(new JsonObject()
                        .put("ratesLeader", "rates-1")
                        .put("feedsReportedAt", "2026-07-06T14:00:00Z")
                        .put("feeds", feeds)));
    }
}
