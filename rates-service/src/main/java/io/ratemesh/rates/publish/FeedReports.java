package io.ratemesh.rates.publish;

import io.ratemesh.node.book.CircuitState;
import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.QuoteRejections;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The leader's message with the status of all feeds. Rejections are not read back: a new leader has its own.
 *
 * @param leader the id of its node
 * @param feeds one report per feed
 */
record FeedReports(String leader, List<FeedStatusReport> feeds) {

    JsonObject toJson() {
        JsonArray reports = new JsonArray();
        feeds.forEach(feed -> reports.add(feed.toJson()));
        return new JsonObject().put("leader", leader).put("feeds", reports);
    }

    /** Parses a message; empty if this release does not understand it. */
    static Optional<FeedReports> fromJson(JsonObject json) {
        try {
            List<FeedStatusReport> feeds = new ArrayList<>();
            for (Object feed : json.getJsonArray("feeds", new JsonArray())) {
                if (feed instanceof JsonObject report) {
                    feeds.add(new FeedStatusReport(
                            report.getString("name", ""),
                            instant(report, "lastTry"),
                            instant(report, "lastSuccess"),
                            instant(report, "nextTry"),
                            Optional.ofNullable(report.getString("lastError")),
                            report.getInteger("currencies", 0),
                            CircuitState.of(report.getString("circuit", "")).orElse(CircuitState.CLOSED),
                            QuoteRejections.NONE));
                }
            }
            return Optional.of(new FeedReports(json.getString("leader", ""), feeds));
        } catch (ClassCastException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(JsonObject json, String field) {
        return Optional.ofNullable(json.getString(field)).map(Instant::parse);
    }
}
