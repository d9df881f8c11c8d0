package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.FeedStatus;
import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.announce.Announcement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.function.Supplier;

/** {@code GET /api/v1/status}: the book, the history, the feeds, the nodes. Public, so no node's address is in it. */
final class ClusterStatus implements Resource {

    private final CurrentHistory history;
    private final FeedStatus feeds;
    private final Supplier<Collection<Announcement>> nodes;

    ClusterStatus(CurrentHistory history, FeedStatus feeds, Supplier<Collection<Announcement>> nodes) {
        this.history = history;
        this.feeds = feeds;
        this.nodes = nodes;
    }

    @Override
    public ApiResponse get(ResourceRequest ask) {
        ask.parameters();
        BookView book = ask.book();
        Collection<Announcement> present = nodes.get();
        JsonArray shown = new JsonArray();
        present.forEach(node -> shown.add(json(node)));
        JsonObject status = new JsonObject()
                .put("version", book.version())
                .put("bookAgeSeconds", book.isEmpty() ? null : ageSeconds(book, ask.now()))
                .put("asOf", book.newest().map(Instant::toString).orElse(null))
                .put("stale", book.anyStale(ask.now()))
                .put("simulated", book.anySimulated())
                .put("currencies", book.book().rates().size() + (book.isEmpty() ? 0 : 1))
                .put("history", history(book.history()))
                .put(
                        "leader",
                        feeds.leader()
                                .filter(leader -> present.stream()
                                        .anyMatch(node -> node.id().equals(leader)))
                                .orElse(null))
                .put("feeds", feeds.feeds())
                .put("nodes", shown);
        return ApiResponse.momentary(status.toBuffer());
    }

    /** How long ago the book was published, in seconds: its version is the clock of the node that made it. */
    static long ageSeconds(BookView book, Instant now) {
        return Math.max(0, (now.toEpochMilli() - book.version()) / 1000);
    }

    private JsonObject history(RateHistory days) {
        return new JsonObject()
                .put("days", days.days())
                .put("firstDay", days.firstDay().map(LocalDate::toString).orElse(null))
                .put("lastDay", days.lastDay().map(LocalDate::toString).orElse(null))
                .put("minutePoints", history.minutes().points());
    }

    private static JsonObject json(Announcement node) {
        return new JsonObject()
                .put("id", node.id())
                .put("role", node.role().word())
                .put("state", node.state().name())
                .put("bookVersion", node.bookVersion())
                .put("build", node.build())
                .put("startedAt", node.startedAt().toString());
    }
}
