package io.ratemesh.balancer.stats.json;

import io.ratemesh.balancer.listener.ListenerSnapshot;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import io.ratemesh.balancer.tcp.TcpTotals;
import io.vertx.core.json.JsonObject;

/** The addresses that clients connect to, as JSON. */
final class ListenerJson {

    private final RateTracker trends;

    ListenerJson(RateTracker trends) {
        this.trends = trends;
    }

    JsonObject http(StatsSnapshot.Listener listener) {
        RateTracker.Trend requests = trends.requests(listener.name());
        ListenerSnapshot counts = listener.counts();
        JsonObject json = named(listener.name(), ProxyMode.HTTP, listener.limit())
                .mergeIn(totals(counts))
                .put("requestsPerSecond", requests.perSecond())
                .put("requestsPerSecondMax", requests.mostPerSecond());
        return json.put(
                "connectionsMax",
                Math.max(
                        counts.connectionsOpen(),
                        trends.connections(listener.name()).mostAtOnce()));
    }

    JsonObject tcp(TcpSnapshot port) {
        TcpTotals traffic = port.traffic();
        return named(port.name(), ProxyMode.TCP, port.limit())
                .put("accepting", port.accepting())
                .put("connections", traffic.connections())
                .put("connectionsOpen", traffic.open())
                .put("connectionsRefused", port.refused())
                .put("connectionsMax", Math.max(traffic.open(), port.mostOpen()))
                .put("invalidProxyHeaders", traffic.unintroduced())
                .put("clientLimitExceeded", traffic.oneTooMany())
                .put("noServerAvailable", traffic.turnedAway())
                .put("clientAborts", traffic.clientsLeft())
                .put("idleTimeouts", traffic.idled())
                .put("drainTimeouts", traffic.cut())
                .put("bytesIn", traffic.bytesIn())
                .put("bytesOut", traffic.bytesOut());
    }

    static JsonObject totals(ListenerSnapshot counts) {
        return new JsonObject()
                .put("connections", counts.connections())
                .put("connectionsOpen", counts.connectionsOpen())
                .put("connectionsRefused", counts.connectionsRefused())
                .put("requests", counts.requests())
                .put("rejected", counts.refused())
                .put("clientAborts", counts.abandoned())
                .put("bytesIn", counts.bytesIn())
                .put("bytesOut", counts.bytesOut())
                .put("responses", PoolJson.answers(counts.answers()));
    }

    private JsonObject named(String name, ProxyMode mode, int limit) {
        RateTracker.Trend connections = trends.connections(name);
        return new JsonObject()
                .put("name", name)
                .put("mode", mode.word())
                .put("connectionsLimit", limit)
                .put("connectionsPerSecond", connections.perSecond())
                .put("connectionsPerSecondMax", connections.mostPerSecond());
    }
}
