package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.FeedStatus;
import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.NodeDirectory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;

/** {@code GET /api/v1/status}: the book, the history, the feeds and the nodes. It is public: it has no addresses. */
final class ClusterStatus implements Resource {

    private final CurrentHistory history;
    private final FeedStatus feeds;
    private final NodeDirectory nodes;

    ClusterStatus(CurrentHistory history, FeedStatus feeds, NodeDirectory nodes) {
        this.history = history;
        this.feeds = feeds;
        this.nodes = nodes;
    }

    @Override
    public ApiResponse get(ResourceRequest request) {
        BookView book = request.book();
        Collection<Announcement> present = nodes.present();
        JsonArray shown = new JsonArray();
        present.forEach(node -> shown.add(json(node)));
        JsonObject status = new JsonObject()
                .put("version", book.version())
                .put("bookAgeSeconds", book.isEmpty() ? null : ageSeconds(book, request.now()))
                .put("asOf", book.newest().map(Instant::toString).orElse(null))
                .put("stale", book.anyStale(request.now()))
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

    /** The age of the book in seconds; its version is the time at which it was made. */
    private static long ageSeconds(BookView book, Instant now) {
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
