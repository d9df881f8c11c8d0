package io.ratemesh.balancer.stats.json;

import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.stats.Warning;
import io.ratemesh.balancer.stats.Warnings;
import io.ratemesh.node.announce.Announcement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All statistics as JSON. */
public final class StatsJson {

    private final StatsSources sources;
    private final RateTracker rates;

    public StatsJson(StatsSources sources) {
        this.sources = sources;
        this.rates = sources.rates();
    }

    /** Returns the statistics with the events and the traffic of the last five minutes. */
    public JsonObject complete(StatsSnapshot snapshot) {
        return current(snapshot)
                .put("trafficHistory", TrafficJson.history(sources.traffic()))
                .put("events", sources.events().toJson());
    }

    /** Returns the statistics of this moment. */
    public JsonObject current(StatsSnapshot snapshot) {
        Announcement node = sources.self().get();
        Collection<Announcement> nodes = List.copyOf(sources.nodes().get());
        JsonArray certificates = sources.certificates().get();
        JsonObject feeds = sources.feeds().toJson();
        return new JsonObject()
                .put("node", node.id())
                .put("build", node.build())
                .put("at", snapshot.at().toString())
                .put(
                        "uptimeSeconds",
                        Duration.between(node.startedAt(), snapshot.at()).toSeconds())
                .put("warnings", warnings(Warnings.of(snapshot, nodes, certificates, feeds, sources.staleAfter())))
                .put("eventLoops", loops(snapshot.loopLags()))
                .put("httpTotals", ListenerJson.totals(snapshot.httpTotals()))
                .put("traffic", TrafficJson.last(sources.traffic()))
                .put("listeners", listeners(snapshot))
                .put("pools", pools(snapshot))
                .put("scaler", sources.scaler().get())
                .put("certificates", certificates)
                .mergeIn(feeds)
                .put("nodes", array(nodes.stream().map(Announcement::toJson).toList()));
    }

    private static JsonArray warnings(List<Warning> warnings) {
        return array(warnings.stream().map(Warning::toJson).toList());
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
