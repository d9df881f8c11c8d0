package io.ratemesh.systemtests.feed;

import io.ratemesh.systemtests.http.ApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * A feed in {@code GET /api/v1/status}.
 *
 * @param json its object
 */
public record ReportedFeed(JsonObject json) {

    /** Reads the status; a feed without one yet is an empty object. */
    public static ReportedFeed of(FeedShape feed, ApiClient converter) {
        HttpResponse<String> response = converter.get("/api/v1/status");
        JsonArray feeds = new JsonObject(response.body()).getJsonArray("feeds", new JsonArray());
        return feeds.stream()
                .map(JsonObject.class::cast)
                .filter(one -> feed.feedName().equals(one.getString("name")))
                .findFirst()
                .map(ReportedFeed::new)
                .orElseGet(() -> new ReportedFeed(new JsonObject()));
    }

    /** What the last try failed of; empty where it did not. */
    public String lastError() {
        return Optional.ofNullable(json.getString("lastError")).orElse("");
    }

    /** How many quotes were rejected for a reason since this leader leads. */
    public long refused(String reason) {
        return json.getJsonObject("refused", new JsonObject()).getLong(reason, 0L);
    }

    /** Why a currency is held back now; empty where it is not. */
    public String held(String currency) {
        return json.getJsonObject("held", new JsonObject()).getString(currency, "");
    }

    /** Whether it names the last rejection, with its time. */
    public boolean namesLastRefusal() {
        JsonObject last = json.getJsonObject("lastRefusal");
        return last != null
                && !last.getString("at", "").isEmpty()
                && !last.getString("detail", "").isEmpty();
    }
}
