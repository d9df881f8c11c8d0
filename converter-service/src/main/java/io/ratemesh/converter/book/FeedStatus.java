package io.ratemesh.converter.book;

import io.ratemesh.node.book.FeedStatusReport;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What the leading rates node last said of itself and its feeds. Lives on the event loop that made it. */
public final class FeedStatus {

    /** What is shown of a feed: a field that a later release adds may not be for the public. */
    private static final List<String> FIELDS = List.of(
            "name",
            "lastTry",
            "lastSuccess",
            "nextTry",
            "lastError",
            "currencies",
            "circuit",
            "refused",
            "lastRefusal",
            "held");

    private JsonObject last = new JsonObject();

    /** Listens from now on. */
    public FeedStatus(Vertx vertx) {
        vertx.eventBus().consumer(FeedStatusReport.ADDRESS, message -> {
            if (message.body() instanceof JsonObject report) {
                last = report;
            }
        });
    }

    /** The id of the node that leads; empty before its first word. */
    public Optional<String> leader() {
        return last.getValue("leader") instanceof String leader ? Optional.of(leader) : Optional.empty();
    }

    /** The feeds as {@link FeedStatusReport#toJson} writes them. */
    public JsonArray feeds() {
        JsonArray shown = new JsonArray();
        if (last.getValue("feeds") instanceof JsonArray feeds) {
            for (Object feed : feeds) {
                if (feed instanceof JsonObject report) {
                    JsonObject one = new JsonObject();
                    FIELDS.forEach(field -> one.put(field, report.getValue(field)));
                    shown.add(one);
                }
            }
        }
        return shown;
    }
}
