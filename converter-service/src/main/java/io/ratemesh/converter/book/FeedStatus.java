package io.ratemesh.converter.book;

import io.ratemesh.node.book.FeedStatusReport;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The last status report of the leading rates node. Used on the event loop that made it. */
public final class FeedStatus {

    /** The public fields of a feed. A later release may add fields that are not public. */
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

    public FeedStatus(Vertx vertx) {
        vertx.eventBus().consumer(FeedStatusReport.ADDRESS, message -> {
            if (message.body() instanceof JsonObject report) {
                last = report;
            }
        });
    }

    /** The id of the leader; empty before its first report. */
    public Optional<String> leader() {
        return last.getValue("leader") instanceof String leader ? Optional.of(leader) : Optional.empty();
    }

    /** The feeds, as {@link FeedStatusReport#toJson} writes them. */
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
