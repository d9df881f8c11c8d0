package io.ratemesh.balancer.stats;

import io.ratemesh.node.book.FeedStatusReport;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;

/** The last status of the feeds, which the leading rates node publishes every few seconds. Runs on one event loop. */
public final class FeedReportLog {

    private final JsonObject last =
            new JsonObject().putNull("ratesLeader").putNull("feedsReportedAt").put("feeds", new JsonArray());

    public FeedReportLog(Vertx vertx, InstantSource clock) {
        vertx.eventBus().consumer(FeedStatusReport.ADDRESS, message -> {
            if (message.body() instanceof JsonObject report) {
                last.put("ratesLeader", report.getValue("leader"))
                        .put("feedsReportedAt", clock.instant().toString())
                        .put("feeds", report.getValue("feeds"));
            }
        });
    }

    /** Returns {@code ratesLeader}, {@code feedsReportedAt} and {@code feeds}; null and empty before the first report. */
    public JsonObject toJson() {
        return last.copy();
    }
}
