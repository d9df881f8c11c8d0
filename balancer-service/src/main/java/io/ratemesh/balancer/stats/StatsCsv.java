package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.pool.Answers;
import io.ratemesh.balancer.pool.CheckOutcome;
import io.ratemesh.balancer.pool.PoolSnapshot;
import io.ratemesh.balancer.pool.UpstreamCounts;
import io.ratemesh.balancer.pool.UpstreamSnapshot;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.PoolSettings;
import java.util.Locale;

/**
 * HAProxy's statistics as CSV (its management guide, 9.1), so that the tools that read those read these. What is not
 * counted here stays empty, which is how HAProxy says "does not apply".
 */
final class StatsCsv {

    /** HAProxy's codes in the column {@code type}. */
    private static final int FRONTEND = 0;

    private static final int BACKEND = 1;
    private static final int SERVER = 2;
    private static final int FULL_PERCENT = 100;
    private static final long NEVER = -1;

    private final StringBuilder csv = new StringBuilder(CsvRow.HEADER).append('\n');
    private final Trends trends;
    private int proxy;

    private StatsCsv(Trends trends) {
        this.trends = trends;
    }

    /** Writes the table: the header, each address of the front door, then of each pool its servers and itself. */
    static String write(StatsSnapshot snapshot, Trends trends) {
        StatsCsv table = new StatsCsv(trends);
        snapshot.listeners().forEach(table::listener);
        snapshot.pools().forEach(table::pool);
        return table.csv.toString();
    }

    private void listener(StatsSnapshot.Listener listener) {
        FrontDoorSnapshot counts = listener.counts();
        Trends.Trend connections = trends.connections(listener.name());
        Trends.Trend requests = trends.requests(listener.name());
        CsvRow row = named(listener.name(), "FRONTEND", FRONTEND, ++proxy, 0)
                .put("scur", counts.connectionsOpen())
                .put("smax", Math.max(counts.connectionsOpen(), connections.mostAtOnce()))
                .put("stot", counts.connections())
                .put("bin", counts.bytesIn())
                .put("bout", counts.bytesOut())
                .put("dreq", 0)
                .put("dresp", 0)
                .put("ereq", counts.refused())
                .put("status", "OPEN")
                .put("rate", connections.perSecond())
                .put("rate_lim", 0)
                .put("rate_max", connections.mostPerSecond())
                .put("req_rate", requests.perSecond())
                .put("req_rate_max", requests.mostPerSecond())
                .put("req_tot", counts.requests())
                .put("cli_abrt", counts.abandoned())
                .put("mode", listener.mode())
                .put("conn_rate", connections.perSecond())
                .put("conn_rate_max", connections.mostPerSecond())
                .put("conn_tot", counts.connections())
                .put("dcon", 0)
                .put("dses", 0);
        answers(row, counts.answers());
        withoutCompression(row).appendTo(csv);
    }

    private void pool(PoolSnapshot pool) {
        int id = ++proxy;
        int server = 0;
        for (UpstreamSnapshot each : pool.servers()) {
            server(pool, each, id, ++server);
        }
        Trends.Trend trend = trends.pool(pool.name());
        CsvRow row = named(pool.name(), "BACKEND", BACKEND, id, 0);
        counts(row, pool, pool.counts(), trend);
        long weight = pool.servers().stream()
                .filter(each -> each.availability().takesRequests() && each.backup() == (pool.active() == 0))
                .mapToLong(StatsCsv::effectiveWeight)
                .sum();
        row.put("qcur", pool.waiting())
                .put("qmax", pool.mostWaiting())
                .put("smax", Math.max(pool.counts().mostInFlight(), trend.mostAtOnce()))
                .put("dreq", 0)
                .put("dresp", 0)
                .put("status", pool.active() + pool.backups() > 0 ? "UP" : "DOWN")
                .put("weight", weight)
                .put("uweight", weight)
                .put("act", pool.active())
                .put("bck", pool.backups())
                .put("chkdown", pool.timesDown())
                .putSeconds("lastchg", pool.sinceChange())
                .putSeconds("downtime", pool.downtime())
                .put("algo", algorithm(pool.settings().algorithm()));
        if (pool.median().toNanos() > 0) {
            row.put("rtime", pool.median().toMillis());
        }
        withoutCompression(row).appendTo(csv);
    }

    private void server(PoolSnapshot pool, UpstreamSnapshot server, int id, int serverId) {
        CsvRow row = named(pool.name(), server.id(), SERVER, id, serverId);
        counts(row, pool, server.counts(), trends.server(pool.name(), server.id()));
        row.put("qcur", 0)
                .put("qmax", 0)
                .put("smax", server.counts().mostInFlight())
                .put("dresp", 0)
                .put("status", status(pool.settings(), server))
                .put("weight", effectiveWeight(server))
                .put("uweight", server.weight())
                .put("act", server.backup() ? 0 : 1)
                .put("bck", server.backup() ? 1 : 0)
                .putSeconds("lastchg", server.sinceChange())
                .putSeconds("downtime", server.downtime())
                .put("addr", address(server));
        if (pool.settings().maxInFlight() > 0) {
            row.put("slim", pool.settings().maxInFlight());
        }
        if (server.percent() < FULL_PERCENT && server.availability().takesRequests()) {
            row.put("throttle", server.percent());
        }
        if (server.median().toNanos() > 0) {
            row.put("rtime", server.median().toMillis());
        }
        if (pool.settings().check().kind() != CheckSettings.Kind.NONE) {
            row.put("chkfail", server.checksFailed())
                    .put("chkdown", server.timesDown())
                    .put("check_rise", server.rise())
                    .put("check_fall", server.fall())
                    .put("check_health", server.checkHealth());
            server.lastCheck().ifPresent(check -> check(row, check));
        }
        row.appendTo(csv);
    }

    private static CsvRow named(String proxy, String server, int type, int proxyId, int serverId) {
        return new CsvRow()
                .put("pxname", proxy)
                .put("svname", server)
                .put("type", type)
                .put("pid", 1)
                .put("iid", proxyId)
                .put("sid", serverId);
    }

    private static void counts(CsvRow row, PoolSnapshot pool, UpstreamCounts counts, Trends.Trend trend) {
        row.put("scur", counts.inFlight())
                .put("stot", counts.requests())
                .put("lbtot", counts.requests())
                .put("req_tot", counts.requests())
                .put("bin", counts.bytesIn())
                .put("bout", counts.bytesOut())
                .put("econ", counts.failedConnects())
                .put("eresp", counts.brokenAnswers())
                .put("wretr", 0)
                .put("wredis", counts.retriedElsewhere())
                .put("cli_abrt", counts.clientsLeft())
                .put("srv_abrt", counts.brokenMidway())
                .put("rate", trend.perSecond())
                .put("rate_max", trend.mostPerSecond())
                .put(
                        "lastsess",
                        pool.sinceUsed(counts).map(since -> since.toSeconds()).orElse(NEVER))
                .put("mode", "http");
        answers(row, counts.answers());
    }

    private static void answers(CsvRow row, Answers answers) {
        row.put("hrsp_1xx", answers.informational())
                .put("hrsp_2xx", answers.success())
                .put("hrsp_3xx", answers.redirection())
                .put("hrsp_4xx", answers.clientError())
                .put("hrsp_5xx", answers.serverError())
                .put("hrsp_other", answers.other());
    }

    /** Nothing is compressed on its way, and that is counted well. */
    private static CsvRow withoutCompression(CsvRow row) {
        return row.put("comp_in", 0).put("comp_out", 0).put("comp_byp", 0).put("comp_rsp", 0);
    }

    private static void check(CsvRow row, CheckOutcome check) {
        row.put("check_status", check.finding().code())
                .put("check_duration", check.took().toMillis())
                .put(
                        "check_desc",
                        check.finding().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .put("last_chk", check.detail());
        if (check.status() > 0) {
            row.put("check_code", check.status());
        }
    }

    /** HAProxy's word: with how far it is on its way to the other state while checks disagree. */
    private static String status(PoolSettings pool, UpstreamSnapshot server) {
        boolean checked = pool.check().kind() != CheckSettings.Kind.NONE;
        return switch (server.availability()) {
            case UP, SLOW_START -> {
                int left = server.checkHealth() - server.rise() + 1;
                yield !checked ? "no check" : left < server.fall() ? "UP " + left + "/" + server.fall() : "UP";
            }
            case DRAINING -> "DRAIN";
            case MAINTENANCE -> "MAINT";
            // Ejected: what HAProxy's "observe layer7" marks down.
            case EJECTED -> "DOWN";
            case CHECKING, DOWN ->
                server.checkHealth() > 0 ? "DOWN " + server.checkHealth() + "/" + server.rise() : "DOWN";
        };
    }

    private static long effectiveWeight(UpstreamSnapshot server) {
        return server.availability().takesRequests()
                ? Math.max(1, (long) server.weight() * server.percent() / FULL_PERCENT)
                : server.weight();
    }

    private static String address(UpstreamSnapshot server) {
        String host = server.host();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.port();
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
