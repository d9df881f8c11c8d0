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
                .mergeIn(frontDoor(counts))
                .put("requestsPerSecond", requests.perSecond())
                .put("mostRequestsPerSecond", requests.mostPerSecond());
        return json.put(
                "mostConnections",
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
                .put("mostConnections", Math.max(traffic.open(), port.mostOpen()))
                .put("unintroduced", traffic.unintroduced())
                .put("oneTooMany", traffic.oneTooMany())
                .put("turnedAway", traffic.turnedAway())
                .put("clientsLeft", traffic.clientsLeft())
                .put("idled", traffic.idled())
                .put("cut", traffic.cut())
                .put("bytesIn", traffic.bytesIn())
                .put("bytesOut", traffic.bytesOut());
    }

    static JsonObject frontDoor(ListenerSnapshot counts) {
        return new JsonObject()
                .put("connections", counts.connections())
                .put("connectionsOpen", counts.connectionsOpen())
                .put("connectionsRefused", counts.connectionsRefused())
                .put("requests", counts.requests())
                .put("refused", counts.refused())
                .put("abandoned", counts.abandoned())
                .put("bytesIn", counts.bytesIn())
                .put("bytesOut", counts.bytesOut())
                .put("answers", PoolJson.answers(counts.answers()));
    }

    private JsonObject named(String name, ProxyMode mode, int limit) {
        RateTracker.Trend connections = trends.connections(name);
        return new JsonObject()
                .put("name", name)
                .put("mode", mode.word())
                .put("connectionsLimit", limit)
                .put("connectionsPerSecond", connections.perSecond())
                .put("mostConnectionsPerSecond", connections.mostPerSecond());
    }
}
