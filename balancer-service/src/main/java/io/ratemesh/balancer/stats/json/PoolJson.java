package io.ratemesh.balancer.stats.json;

import io.ratemesh.balancer.loadbalance.DnsStatus;
import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.upstream.AgentState;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.ResponseCounts;
import io.ratemesh.balancer.upstream.UpstreamCounts;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A pool and its servers as JSON. */
final class PoolJson {

    private static final double NANOS_PER_MILLI = 1_000_000;

    private final ProxyMode mode;
    private final RateTracker rates;
    private final Instant at;

    /**
     * Creates the JSON of pools of one mode.
     *
     * @param at the time of the snapshot
     */
    PoolJson(ProxyMode mode, RateTracker rates, Instant at) {
        this.mode = mode;
        this.rates = rates;
        this.at = at;
    }

    JsonObject pool(PoolSnapshot pool) {
        JsonObject json = new JsonObject()
                .put("name", pool.name())
                .put("mode", mode.haproxyName())
                .put("algorithm", pool.settings().algorithm().word())
                .put("available", pool.active() + pool.backups() > 0)
                .put("panic", pool.panic())
                .put("activeServers", pool.active())
                .put("backupServers", pool.backups())
                .put("lastChangeAt", at.minus(pool.timeInState()).toString())
                .put("downtimeSeconds", pool.downtime().toSeconds())
                .put("downTransitions", pool.downTransitions());
        counts(json, pool.counts(), rates.pool(pool.name()));
        json.put("streams", pool.streams())
                .put(latencyName(), latency(pool.p50(), pool.p99()))
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
        pool.dns().ifPresent(dns -> json.put("dns", dns(dns)));
        return json.put(
                "servers",
                new JsonArray(pool.servers().stream()
                        .map(server -> server(pool, server))
                        .toList()));
    }

    private JsonObject server(PoolSnapshot pool, UpstreamSnapshot server) {
        JsonObject json = new JsonObject()
                .put("id", server.id())
                .put("address", ServerSettings.text(server.host(), server.port()))
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
                .put("downTransitions", server.downTransitions())
                .put("ejections", server.ejections());
        if (!server.resolveError().isEmpty()) {
            json.put("resolveError", server.resolveError());
        }
        counts(json, server.counts(), rates.server(pool.name(), server.id()));
        json.put(latencyName(), latency(server.p50(), server.p99()));
        pool.sinceLastRequest(server.counts())
                .ifPresent(since -> json.put("lastRequestAt", at.minus(since).toString()));
        server.lastCheck().ifPresent(check -> json.put("lastCheck", check(check)));
        if (pool.settings().check().agent().isPresent()) {
            json.put("agent", agent(server));
        }
        return json;
    }

    private static JsonObject agent(UpstreamSnapshot server) {
        AgentState agent = server.agent();
        JsonObject json = new JsonObject()
                .put("state", agent.adminState().name().toLowerCase(Locale.ROOT))
                .put("down", agent.down())
                .put("weightPercent", agent.weightPercent());
        if (agent.maxInFlight() > 0) {
            json.put("maxInFlight", agent.maxInFlight());
        }
        server.lastAgentCheck().ifPresent(check -> json.put("lastCheck", check(check)));
        return json;
    }

    private static JsonObject dns(DnsStatus dns) {
        JsonObject json = new JsonObject()
                .put("name", dns.name())
                .put("resolutions", dns.resolutions())
                .put("failures", dns.failures());
        dns.lastResolvedAt().ifPresent(at -> json.put("lastResolvedAt", at.toString()));
        return dns.error().isEmpty() ? json : json.put("error", dns.error());
    }

    private void counts(JsonObject json, UpstreamCounts counts, RateTracker.Rate rate) {
        json.put("inFlight", counts.inFlight())
                .put("inFlightMax", Math.max(counts.maxInFlight(), rate.maxConcurrent()))
                .put("requests", counts.requests())
                .put("requestsPerSecond", rate.perSecond())
                .put("requestsPerSecondMax", rate.maxPerSecond())
                .put("connectErrors", counts.connectErrors())
                .put("responseErrors", counts.responseErrors())
                .put("serverAborts", counts.serverAborts())
                .put("clientAborts", counts.clientAborts())
                .put("redispatches", counts.redispatches())
                .put("bytesIn", counts.bytesIn())
                .put("bytesOut", counts.bytesOut());
        if (mode == ProxyMode.HTTP) {
            json.put("responses", responses(counts.responses()));
        }
    }

    private static JsonObject latency(Duration p50, Duration p99) {
        return new JsonObject().put("p50", millis(p50)).put("p99", millis(p99));
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

    static JsonObject responses(ResponseCounts responses) {
        return new JsonObject()
                .put("1xx", responses.informational())
                .put("2xx", responses.success())
                .put("3xx", responses.redirection())
                .put("4xx", responses.clientError())
                .put("5xx", responses.serverError())
                .put("other", responses.other());
    }

    /** The time that is measured: to the first byte of the response, or to the connection. */
    private String latencyName() {
        return mode == ProxyMode.HTTP ? "firstByteMillis" : "connectMillis";
    }

    static double millis(Duration time) {
        return Math.round(time.toNanos() / NANOS_PER_MILLI * 1000) / 1000.0;
    }
}
