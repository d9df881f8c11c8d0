package io.ratemesh.balancer.stats.json;

import io.ratemesh.balancer.listener.ListenerSnapshot;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import io.ratemesh.balancer.tcp.TcpTotals;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.json.JsonObject;

/** Listeners as JSON. */
final class ListenerJson {

    private final RateTracker rates;

    ListenerJson(RateTracker rates) {
        this.rates = rates;
    }

    JsonObject http(StatsSnapshot.HttpListener listener) {
        RateTracker.Rate requests = rates.requests(listener.name());
        ListenerSnapshot counts = listener.counts();
        JsonObject json = named(listener.name(), ProxyMode.HTTP, listener.limit())
                .put("scheme", listener.scheme())
                .put("address", IpAddresses.withPort(listener.bind(), listener.port()))
                .mergeIn(totals(counts))
                .put("requestsPerSecond", requests.perSecond())
                .put("requestsPerSecondMax", requests.maxPerSecond());
        return json.put(
                "connectionsMax",
                Math.max(
                        counts.connectionsOpen(),
                        rates.connections(listener.name()).maxConcurrent()));
    }

    JsonObject tcp(TcpSnapshot port) {
        TcpTotals traffic = port.traffic();
        return named(port.name(), ProxyMode.TCP, port.limit())
                .put("scheme", ProxyMode.TCP.haproxyName())
                .put(
                        "address",
                        IpAddresses.withPort(port.listen().bind(), port.listen().port()))
                .put("accepting", port.accepting())
                .put("connections", traffic.connections())
                .put("connectionsOpen", traffic.open())
                .put("connectionsRefused", port.refused())
                .put("connectionsMax", Math.max(traffic.open(), port.maxOpen()))
                .put("invalidProxyHeaders", traffic.invalidProxyHeaders())
                .put("clientLimitExceeded", traffic.clientLimitExceeded())
                .put("noServerAvailable", traffic.noServerAvailable())
                .put("clientAborts", traffic.clientAborts())
                .put("idleTimeouts", traffic.idleTimeouts())
                .put("drainTimeouts", traffic.drainTimeouts())
                .put("bytesIn", traffic.bytesIn())
                .put("bytesOut", traffic.bytesOut());
    }

    static JsonObject totals(ListenerSnapshot counts) {
        return new JsonObject()
                .put("connections", counts.connections())
                .put("connectionsOpen", counts.connectionsOpen())
                .put("connectionsRefused", counts.connectionsRefused())
                .put("requests", counts.requests())
                .put("rejected", counts.rejected())
                .put("clientAborts", counts.clientAborts())
                .put("bytesIn", counts.bytesIn())
                .put("bytesOut", counts.bytesOut())
                .put("responses", PoolJson.responses(counts.responses()));
    }

    private JsonObject named(String name, ProxyMode mode, int limit) {
        RateTracker.Rate connections = rates.connections(name);
        return new JsonObject()
                .put("name", name)
                .put("mode", mode.haproxyName())
                .put("connectionsLimit", limit)
                .put("connectionsPerSecond", connections.perSecond())
                .put("connectionsPerSecondMax", connections.maxPerSecond());
    }
}
