package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.pool.Answers;
import io.ratemesh.balancer.pool.CheckOutcome;
import io.ratemesh.balancer.pool.PoolSnapshot;
import io.ratemesh.balancer.pool.UpstreamCounts;
import io.ratemesh.balancer.pool.UpstreamSnapshot;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import io.ratemesh.node.announce.Announcement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** All of the statistics as JSON, but for the events. */
final class StatsJson {

    private static final double NANOS_PER_MILLI = 1_000_000;

    private final Supplier<Announcement> self;
    private final Supplier<? extends Collection<Announcement>> nodes;
    private final Trends trends;

    StatsJson(Supplier<Announcement> self, Supplier<? extends Collection<Announcement>> nodes, Trends trends) {
        this.self = self;
        this.nodes = nodes;
        this.trends = trends;
    }

    JsonObject write(StatsSnapshot snapshot) {
        Announcement node = self.get();
        return new JsonObject()
                .put("node", node.id())
                .put("build", node.build())
                .put("at", snapshot.at().toString())
                .put(
                        "uptimeSeconds",
                        Duration.between(node.startedAt(), snapshot.at()).toSeconds())
                .put("eventLoops", loops(snapshot.loopLags()))
                .put("frontDoor", frontDoor(snapshot.frontDoor()))
                .put(
                        "listeners",
                        array(snapshot.listeners().stream().map(this::listener).toList()))
                .put(
                        "pools",
                        array(snapshot.pools().stream()
                                .map(pool -> pool(pool, snapshot.at()))
                                .toList()))
                .put(
                        "nodes",
                        array(nodes.get().stream().map(Announcement::toJson).toList()));
    }

    private static JsonArray loops(List<Duration> lags) {
        return array(lags.stream()
                .map(lag -> new JsonObject().put("lagMillis", millis(lag)))
                .toList());
    }

    private JsonObject listener(StatsSnapshot.Listener listener) {
        Trends.Trend connections = trends.connections(listener.name());
        Trends.Trend requests = trends.requests(listener.name());
        JsonObject json = new JsonObject().put("name", listener.name()).put("mode", listener.mode());
        return json.mergeIn(frontDoor(listener.counts()))
                .put("connectionsPerSecond", connections.perSecond())
                .put("mostConnections", connections.mostAtOnce())
                .put("requestsPerSecond", requests.perSecond())
                .put("mostRequestsPerSecond", requests.mostPerSecond());
    }

    private static JsonObject frontDoor(FrontDoorSnapshot counts) {
        return new JsonObject()
                .put("connections", counts.connections())
                .put("connectionsOpen", counts.connectionsOpen())
                .put("requests", counts.requests())
                .put("refused", counts.refused())
                .put("abandoned", counts.abandoned())
                .put("bytesIn", counts.bytesIn())
                .put("bytesOut", counts.bytesOut())
                .put("answers", answers(counts.answers()));
    }

    private JsonObject pool(PoolSnapshot pool, Instant at) {
        JsonObject json = new JsonObject()
                .put("name", pool.name())
                .put("algorithm", pool.settings().algorithm().word())
                .put("serving", pool.active() + pool.backups() > 0)
                .put("panic", pool.panic())
                .put("active", pool.active())
                .put("backups", pool.backups())
                .put("since", at.minus(pool.sinceChange()).toString())
                .put("downtimeSeconds", pool.downtime().toSeconds())
                .put("timesDown", pool.timesDown());
        counts(json, pool.counts(), trends.pool(pool.name()));
        json.put("firstByteMillis", latency(pool.median(), pool.slowest()))
                .put(
                        "queue",
                        new JsonObject()
                                .put("waiting", pool.waiting())
                                .put("mostWaiting", pool.mostWaiting())
                                .put("limit", pool.settings().queue().limit())
                                .put(
                                        "timeoutMillis",
                                        pool.settings().queue().timeout().toMillis()))
                .put(
                        "retryBudget",
                        new JsonObject()
                                .put("granted", pool.retriesGranted())
                                .put("denied", pool.retriesDenied())
                                .put("left", pool.retriesLeft()));
        if (pool.settings().maxInFlight() > 0) {
            json.put("maxInFlightPerServer", pool.settings().maxInFlight());
        }
        return json.put(
                "servers",
                array(pool.servers().stream()
                        .map(server -> server(pool, server, at))
                        .toList()));
    }

    private JsonObject server(PoolSnapshot pool, UpstreamSnapshot server, Instant at) {
        JsonObject json = new JsonObject()
                .put("id", server.id())
                .put("address", server.host() + ":" + server.port())
                .put("state", server.availability().name())
                .put("admin", server.admin().name().toLowerCase(Locale.ROOT))
                .put("leaving", server.leaving())
                .put("backup", server.backup())
                .put("weight", server.weight())
                .put("slowStartPercent", server.percent())
                .put("since", at.minus(server.sinceChange()).toString())
                .put("downtimeSeconds", server.downtime().toSeconds())
                .put("checksFailed", server.checksFailed())
                .put("timesDown", server.timesDown())
                .put("ejections", server.ejections());
        counts(json, server.counts(), trends.server(pool.name(), server.id()));
        json.put("firstByteMillis", latency(server.median(), server.slowest()));
        pool.sinceUsed(server.counts())
                .ifPresent(since -> json.put("lastUsed", at.minus(since).toString()));
        server.lastCheck().ifPresent(check -> json.put("lastCheck", check(check)));
        return json;
    }

    private static void counts(JsonObject json, UpstreamCounts counts, Trends.Trend trend) {
        json.put("inFlight", counts.inFlight())
                .put("mostInFlight", Math.max(counts.mostInFlight(), trend.mostAtOnce()))
                .put("requests", counts.requests())
                .put("requestsPerSecond", trend.perSecond())
                .put("mostRequestsPerSecond", trend.mostPerSecond())
                .put("failedConnects", counts.failedConnects())
                .put("brokenAnswers", counts.brokenAnswers())
                .put("brokenMidway", counts.brokenMidway())
                .put("clientsLeft", counts.clientsLeft())
                .put("retriedElsewhere", counts.retriedElsewhere())
                .put("bytesIn", counts.bytesIn())
                .put("bytesOut", counts.bytesOut())
                .put("answers", answers(counts.answers()));
    }

    private static JsonObject latency(Duration median, Duration slowest) {
        return new JsonObject().put("p50", millis(median)).put("p99", millis(slowest));
    }

    private static JsonObject check(CheckOutcome check) {
        JsonObject json = new JsonObject()
                .put("at", check.at().toString())
                .put("passed", check.passed())
                .put("finding", check.finding().code())
                .put("millis", check.took().toMillis())
                .put("detail", check.detail());
        return check.status() > 0 ? json.put("status", check.status()) : json;
    }

    private static JsonObject answers(Answers answers) {
        return new JsonObject()
                .put("1xx", answers.informational())
                .put("2xx", answers.success())
                .put("3xx", answers.redirection())
                .put("4xx", answers.clientError())
                .put("5xx", answers.serverError())
                .put("other", answers.other());
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / NANOS_PER_MILLI * 1000) / 1000.0;
    }

    private static JsonArray array(List<JsonObject> objects) {
        return new JsonArray(objects);
    }
}
