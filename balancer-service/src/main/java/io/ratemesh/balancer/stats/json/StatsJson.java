package io.ratemesh.balancer.stats.json;

import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.node.announce.Announcement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All statistics as JSON, without the events. */
public final class StatsJson {

    private final Supplier<Announcement> self;
    private final Supplier<? extends Collection<Announcement>> nodes;
    private final Supplier<JsonObject> scaler;
    private final RateTracker rates;

    /**
     * Creates a writer.
     *
     * @param self the announcement of this balancer
     * @param nodes the announcements of all nodes
     * @param scaler the status of the scaler
     */
    public StatsJson(
            Supplier<Announcement> self,
            Supplier<? extends Collection<Announcement>> nodes,
            Supplier<JsonObject> scaler,
            RateTracker rates) {
        this.self = self;
        this.nodes = nodes;
        this.scaler = scaler;
        this.rates = rates;
    }

    public JsonObject write(StatsSnapshot snapshot) {
        Announcement node = self.get();
        return new JsonObject()
                .put("node", node.id())
                .put("build", node.build())
                .put("at", snapshot.at().toString())
                .put(
                        "uptimeSeconds",
                        Duration.between(node.startedAt(), snapshot.at()).toSeconds())
                .put("eventLoops", loops(snapshot.loopLags()))
                .put("httpTotals", ListenerJson.totals(snapshot.httpTotals()))
                .put("listeners", listeners(snapshot))
                .put("pools", pools(snapshot))
                .put("scaler", scaler.get())
                .put(
                        "nodes",
                        array(nodes.get().stream().map(Announcement::toJson).toList()));
    }

    private JsonArray listeners(StatsSnapshot snapshot) {
        ListenerJson json = new ListenerJson(rates);
        return array(Stream.concat(
                        snapshot.listeners().stream().map(json::http),
                        snapshot.ports().stream().map(json::tcp))
                .toList());
    }

    private JsonArray pools(StatsSnapshot snapshot) {
        PoolJson http = new PoolJson(ProxyMode.HTTP, rates, snapshot.at());
        PoolJson tcp = new PoolJson(ProxyMode.TCP, rates, snapshot.at());
        return array(Stream.concat(
                        snapshot.pools().stream().map(http::pool),
                        snapshot.ports().stream().map(port -> tcp.pool(port.pool())))
                .toList());
    }

    private static JsonArray loops(List<Duration> lags) {
        return array(lags.stream()
                .map(lag -> new JsonObject().put("lagMillis", PoolJson.millis(lag)))
                .toList());
    }

    private static JsonArray array(List<JsonObject> objects) {
        return new JsonArray(objects);
    }
}
