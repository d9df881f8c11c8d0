package io.ratemesh.balancer.stats.csv;

import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.UpstreamCounts;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.ServerSettings;
import java.time.Duration;

/** The rows of a pool in HAProxy's CSV: its servers, then {@code BACKEND}. */
final class PoolRows {

    private static final int FULL_PERCENT = 100;
    private static final long NEVER = -1;
    private static final long MAX_WEIGHT = 256;

    private final PoolSnapshot pool;
    private final ProxyMode mode;
    private final int id;
    private final RateTracker rates;

    PoolRows(PoolSnapshot pool, ProxyMode mode, int id, RateTracker rates) {
        this.pool = pool;
        this.mode = mode;
        this.id = id;
        this.rates = rates;
    }

    void appendTo(StringBuilder csv) {
        int serverId = 0;
        for (UpstreamSnapshot server : pool.servers()) {
            server(server, ++serverId).appendTo(csv);
        }
        backend().appendTo(csv);
    }

    private CsvRow backend() {
        RateTracker.Rate rate = rates.pool(pool.name());
        CsvRow row = CsvRow.of(CsvRow.Type.BACKEND, pool.name(), "BACKEND", id, 0);
        counts(row, pool.counts(), rate, pool.p50());
        long weight = pool.servers().stream()
                .filter(each -> each.state().isServing() && each.backup() == (pool.active() == 0))
                .mapToLong(PoolRows::effectiveWeight)
                .sum();
        row.put("qcur", pool.queued())
                .put("qmax", pool.maxQueued())
                .put("smax", Math.max(pool.counts().maxInFlight(), rate.maxConcurrent()))
                .put("dreq", 0)
                .put("dresp", 0)
                .put("status", pool.active() + pool.backups() > 0 ? "UP" : "DOWN")
                .put("weight", weight)
                .put("uweight", weight)
                .put("act", pool.active())
                .put("bck", pool.backups())
                .put("chkdown", pool.downTransitions())
                .putSeconds("lastchg", pool.timeInState())
                .putSeconds("downtime", pool.downtime())
                .put("algo", algorithm(pool.settings().algorithm()));
        return row.putNoCompression();
    }

    private CsvRow server(UpstreamSnapshot server, int serverId) {
        CsvRow row = CsvRow.of(CsvRow.Type.SERVER, pool.name(), server.id(), id, serverId);
        counts(row, server.counts(), rates.server(pool.name(), server.id()), server.p50());
        row.put("qcur", 0)
                .put("qmax", 0)
                .put("smax", server.counts().maxInFlight())
                .put("dresp", 0)
                .put("status", status(pool.settings(), server))
                .put("weight", effectiveWeight(server))
                .put("uweight", server.weight())
                .put("act", server.backup() ? 0 : 1)
                .put("bck", server.backup() ? 1 : 0)
                .putSeconds("lastchg", server.timeInState())
                .putSeconds("downtime", server.downtime())
                .put("addr", address(server));
        int limit = server.agent().maxInFlight() > 0
                ? server.agent().maxInFlight()
                : pool.settings().maxInFlight();
        if (limit > 0) {
            row.put("slim", limit);
        }
        if (server.weightPercent() < FULL_PERCENT && server.state().isServing()) {
            row.put("throttle", server.weightPercent());
        }
        if (pool.settings().check().kind() != CheckSettings.Kind.NONE) {
            row.put("chkfail", server.checksFailed())
                    .put("chkdown", server.downTransitions())
                    .put("check_rise", server.rise())
                    .put("check_fall", server.fall())
                    .put("check_health", server.checkHealth());
            server.lastCheck().ifPresent(check -> check(row, check));
        }
        server.lastAgentCheck()
                .filter(ignored -> pool.settings().check().agent().isPresent())
                .ifPresent(agent -> row.put("agent_status", agent.outcome().code())
                        .put("agent_duration", agent.duration().toMillis())
                        .put("agent_desc", agent.outcome().description())
                        .put("last_agt", agent.detail())
                        .put("agent_rise", 1)
                        .put("agent_fall", 1)
                        .put("agent_health", server.agent().down() ? 0 : 1));
        return row;
    }

    private void counts(CsvRow row, UpstreamCounts counts, RateTracker.Rate rate, Duration median) {
        row.put("scur", counts.inFlight())
                .put("stot", counts.requests())
                .put("lbtot", counts.requests())
                .put("bin", counts.bytesIn())
                .put("bout", counts.bytesOut())
                .put("econ", counts.connectErrors())
                .put("eresp", counts.responseErrors())
                .put("wretr", 0)
                .put("wredis", counts.redispatches())
                .put("cli_abrt", counts.clientAborts())
                .put("srv_abrt", counts.serverAborts())
                .put("rate", rate.perSecond())
                .put("rate_max", rate.maxPerSecond())
                .put(
                        "lastsess",
                        pool.sinceLastRequest(counts)
                                .map(since -> since.toSeconds())
                                .orElse(NEVER))
                .put("mode", mode.haproxyName());
        if (mode == ProxyMode.HTTP) {
            row.put("req_tot", counts.requests()).putResponses(counts.responses());
        } else {
            row.put("connect", counts.requests()).put("reuse", 0);
        }
        if (!median.isZero()) {
            row.put(mode == ProxyMode.HTTP ? "rtime" : "ctime", median.toMillis());
        }
    }

    private static void check(CsvRow row, CheckResult check) {
        row.put("check_status", check.outcome().code())
                .put("check_duration", check.duration().toMillis())
                .put("check_desc", check.outcome().description())
                .put("last_chk", check.detail());
        if (check.status() > 0) {
            row.put("check_code", check.status());
        }
    }

    /** HAProxy's status, with the number of checks passed or left while a transition is pending. */
    private static String status(PoolSettings pool, UpstreamSnapshot server) {
        boolean checked = pool.check().kind() != CheckSettings.Kind.NONE;
        return switch (server.state()) {
            case UP, SLOW_START, SUSPECT -> {
                int left = server.checkHealth() - server.rise() + 1;
                yield !checked ? "no check" : left < server.fall() ? "UP " + left + "/" + server.fall() : "UP";
            }
            case DRAINING -> isDrainedByAgent(server) ? "DRAIN (agent)" : "DRAIN";
            case MAINTENANCE -> "MAINT";
            // HAProxy's equivalent, "observe layer7", marks the server down.
            case EJECTED -> "DOWN";
            case CHECKING, DOWN ->
                server.agent().down()
                        ? "DOWN (agent)"
                        : server.checkHealth() > 0 ? "DOWN " + server.checkHealth() + "/" + server.rise() : "DOWN";
        };
    }

    private static boolean isDrainedByAgent(UpstreamSnapshot server) {
        return !server.draining() && server.adminState() == AdminState.READY;
    }

    private static long effectiveWeight(UpstreamSnapshot server) {
        long full = Math.min(MAX_WEIGHT, (long) server.weight() * server.agent().weightPercent() / FULL_PERCENT);
        return server.state().isServing() ? Math.max(1, full * server.weightPercent() / FULL_PERCENT) : server.weight();
    }

    private static String address(UpstreamSnapshot server) {
        if (server.addresses().isEmpty()) {
            return ServerSettings.text(server.host(), server.port());
        }
        return IpAddresses.withPort(IpAddresses.text(server.addresses().get(0)), server.port());
    }

    private static String algorithm(PoolSettings.Algorithm algorithm) {
        return switch (algorithm) {
            case LEAST_CONNECTIONS -> "leastconn";
            case ROUND_ROBIN -> "roundrobin";
            case RANDOM_TWO -> "random";
            case SOURCE_HASH -> "source";
            case URI_HASH -> "uri";
            case FIRST -> "first";
        };
    }
}
