package io.ratemesh.balancer.stats.json;

import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.ResponseCounts;
import io.ratemesh.balancer.upstream.UpstreamCounts;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A pool and its servers as JSON. */
final class PoolJson {

    private static final double NANOS_PER_MILLI = 1_000_000;

    private final ProxyMode mode;
    private final RateTracker trends;
    private final Instant at;

    /**
     * Of pools of one kind.
     *
     * @param at when they are as they are
     */
    PoolJson(ProxyMode mode, RateTracker trends, Instant at) {
        this.mode = mode;
        this.trends = trends;
        this.at = at;
    }

    JsonObject pool(PoolSnapshot pool) {
        JsonObject json = new JsonObject()
                .put("name", pool.name())
                .put("mode", mode.word())
                .put("algorithm", pool.settings().algorithm().word())
                .put("available", pool.active() + pool.backups() > 0)
                .put("panic", pool.panic())
                .put("activeServers", pool.active())
                .put("backupServers", pool.backups())
                .put("lastChangeAt", at.minus(pool.timeInState()).toString())
                .put("downtimeSeconds", pool.downtime().toSeconds())
                .put("downTransitions", pool.timesDown());
        counts(json, pool.counts(), trends.pool(pool.name()));
        json.put(latencyName(), latency(pool.p50(), pool.p99()))
                .put(
                        "queue",
                        new JsonObject()
                                .put("current", pool.queued())
                                .put("max", pool.maxQueued())
                                .put("limit", pool.settings().queue().limit())
                                .put(
                                        "timeoutMillis",
                                        pool.settings().queue().timeout().toMillis()));
        if (mode == ProxyMode.HTTP) {
            json.put(
                    "retryBudget",
                    new JsonObject()
                            .put("granted", pool.retriesGranted())
                            .put("denied", pool.retriesDenied())
                            .put("remaining", pool.retriesLeft()));
        }
        if (pool.settings().maxInFlight() > 0) {
            json.put("maxInFlightPerServer", pool.settings().maxInFlight());
        }
        return json.put(
                "servers",
                new JsonArray(pool.servers().stream()
                        .map(server -> server(pool, server))
                        .toList()));
    }

    private JsonObject server(PoolSnapshot pool, UpstreamSnapshot server) {
        JsonObject json = new JsonObject()
                .put("id", server.id())
                .put("address", IpAddresses.withPort(server.host(), server.port()))
                .put(
                        "addresses",
                        new JsonArray(server.addresses().stream()
                                .map(address -> IpAddresses.withPort(IpAddresses.text(address), server.port()))
                                .toList()))
                .put("state", server.state().name())
                .put("adminState", server.adminState().name().toLowerCase(Locale.ROOT))
                .put("drainAnnounced", server.draining())
                .put("backup", server.backup())
                .put("weight", server.weight())
                .put("slowStartPercent", server.weightPercent())
                .put("lastChangeAt", at.minus(server.timeInState()).toString())
                .put("downtimeSeconds", server.downtime().toSeconds())
                .put("checksFailed", server.checksFailed())
                .put("downTransitions", server.timesDown())
                .put("ejections", server.ejections());
        if (!server.resolveError().isEmpty()) {
            json.put("resolveError", server.resolveError());
        }
        counts(json, server.counts(), trends.server(pool.name(), server.id()));
        json.put(latencyName(), latency(server.p50(), server.p99()));
        pool.sinceLastRequest(server.counts())
                .ifPresent(since -> json.put("lastRequestAt", at.minus(since).toString()));
        server.lastCheck().ifPresent(check -> json.put("lastCheck", check(check)));
        return json;
    }

    private void counts(JsonObject json, UpstreamCounts counts, RateTracker.Trend trend) {
        json.put("inFlight", counts.inFlight())
                .put("inFlightMax", Math.max(counts.maxInFlight(), trend.mostAtOnce()))
                .put("requests", counts.requests())
                .put("requestsPerSecond", trend.perSecond())
                .put("requestsPerSecondMax", trend.mostPerSecond())
                .put("connectErrors", counts.connectErrors())
                .put("responseErrors", counts.responseErrors())
                .put("serverAborts", counts.serverAborts())
                .put("clientAborts", counts.clientAborts())
                .put("redispatches", counts.redispatches())
                .put("bytesIn", counts.bytesIn())
                .put("bytesOut", counts.bytesOut());
        if (mode == ProxyMode.HTTP) {
            json.put("responses", answers(counts.responses()));
        }
    }

    private static JsonObject latency(Duration median, Duration slowest) {
        return new JsonObject().put("p50", millis(median)).put("p99", millis(slowest));
    }

    private static JsonObject check(CheckResult check) {
        JsonObject json = new JsonObject()
                .put("at", check.at().toString())
                .put("passed", check.passed())
                .put("status", check.outcome().code())
                .put("durationMillis", check.duration().toMillis())
                .put("detail", check.detail());
        return check.status() > 0 ? json.put("code", check.status()) : json;
    }

    static JsonObject answers(ResponseCounts answers) {
        return new JsonObject()
                .put("1xx", answers.informational())
                .put("2xx", answers.success())
                .put("3xx", answers.redirection())
                .put("4xx", answers.clientError())
                .put("5xx", answers.serverError())
                .put("other", answers.other());
    }

    /** What is measured: until an answer begins, or until there is a connection. */
    private String latencyName() {
        return mode == ProxyMode.HTTP ? "firstByteMillis" : "connectMillis";
    }

    static double millis(Duration time) {
        return Math.round(time.toNanos() / NANOS_PER_MILLI * 1000) / 1000.0;
    }
}
