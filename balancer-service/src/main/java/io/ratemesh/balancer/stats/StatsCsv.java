package io.ratemesh.balancer.stats;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.balancer.pool.Answers;
import io.ratemesh.balancer.pool.Availability;
import io.ratemesh.balancer.pool.CheckOutcome;
import io.ratemesh.balancer.pool.PoolSnapshot;
import io.ratemesh.balancer.pool.UpstreamCounts;
import io.ratemesh.balancer.pool.UpstreamSnapshot;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * HAProxy's statistics as CSV (its management guide, 9.1), so that the tools that read those read these. What is not
 * counted here stays empty, which is how HAProxy says "does not apply".
 */
final class StatsCsv {

    private static final String FRONT_DOOR = "front-door";
    private static final String HEADER = header();
    private static final List<String> COLUMNS =
            List.of(HEADER.substring("# ".length()).split(","));

    /** HAProxy's codes in the column {@code type}. */
    private static final int FRONTEND = 0;

    private static final int BACKEND = 1;
    private static final int SERVER = 2;

    private StatsCsv() {}

    /** Writes the table: the header, the front door, each upstream, the pool. */
    static String write(Stats stats) {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        row(csv, frontDoor(stats.frontDoor()));
        PoolSnapshot pool = stats.pool().snapshot();
        int id = 1;
        for (UpstreamSnapshot upstream : pool.servers()) {
            row(csv, server(pool.name(), upstream, id++));
        }
        row(csv, backend(pool));
        return csv.toString();
    }

    private static Map<String, Object> frontDoor(FrontDoorSnapshot counts) {
        Map<String, Object> row = named(FRONT_DOOR, "FRONTEND", FRONTEND, 1);
        row.put("scur", counts.connectionsOpen());
        row.put("stot", counts.connections());
        row.put("bin", counts.bytesIn());
        row.put("bout", counts.bytesOut());
        row.put("ereq", counts.refused());
        row.put("status", "OPEN");
        row.put("req_tot", counts.requests());
        row.put("conn_tot", counts.connections());
        row.put("cli_abrt", counts.abandoned());
        row.put("mode", "http");
        answers(row, counts.answers());
        return row;
    }

    private static Map<String, Object> server(String pool, UpstreamSnapshot upstream, int id) {
        Map<String, Object> row = named(pool, upstream.id(), SERVER, 2);
        counts(row, upstream.counts());
        row.put("sid", id);
        row.put("status", status(upstream.availability()));
        row.put("weight", upstream.weight());
        row.put("act", upstream.backup() ? 0 : 1);
        row.put("bck", upstream.backup() ? 1 : 0);
        row.put("chkfail", upstream.checksFailed());
        row.put("chkdown", upstream.timesDown());
        row.put("lastchg", upstream.sinceChange().toSeconds());
        row.put("addr", upstream.host() + ":" + upstream.port());
        upstream.lastCheck().ifPresent(check -> check(row, check));
        return row;
    }

    private static Map<String, Object> backend(PoolSnapshot pool) {
        Map<String, Object> row = named(pool.name(), "BACKEND", BACKEND, 2);
        counts(row, pool.counts());
        row.put("status", pool.active() + pool.backups() > 0 ? "UP" : "DOWN");
        row.put("weight", pool.active());
        row.put("act", pool.active());
        row.put("bck", pool.backups());
        row.put("algo", "leastconn");
        return row;
    }

    private static Map<String, Object> named(String proxy, String server, int type, int proxyId) {
        Map<String, Object> row = new TreeMap<>();
        row.put("pxname", proxy);
        row.put("svname", server);
        row.put("type", type);
        row.put("pid", 1);
        row.put("iid", proxyId);
        row.put("sid", 0);
        return row;
    }

    private static void counts(Map<String, Object> row, UpstreamCounts counts) {
        row.put("qcur", 0);
        row.put("scur", counts.inFlight());
        row.put("stot", counts.requests());
        row.put("lbtot", counts.requests());
        row.put("req_tot", counts.requests());
        row.put("bin", counts.bytesIn());
        row.put("bout", counts.bytesOut());
        row.put("econ", counts.failedConnects());
        row.put("eresp", counts.brokenAnswers());
        row.put("wredis", counts.retriedElsewhere());
        row.put("mode", "http");
        answers(row, counts.answers());
    }

    private static void answers(Map<String, Object> row, Answers answers) {
        row.put("hrsp_1xx", answers.informational());
        row.put("hrsp_2xx", answers.success());
        row.put("hrsp_3xx", answers.redirection());
        row.put("hrsp_4xx", answers.clientError());
        row.put("hrsp_5xx", answers.serverError());
        row.put("hrsp_other", answers.other());
    }

    private static void check(Map<String, Object> row, CheckOutcome check) {
        row.put("check_status", check.finding().code());
        if (check.status() > 0) {
            row.put("check_code", check.status());
        }
        row.put("check_duration", check.took().toMillis());
    }

    private static String status(Availability availability) {
        return switch (availability) {
            case UP, SLOW_START -> "UP";
            case DRAINING -> "DRAIN";
            case MAINTENANCE -> "MAINT";
            case CHECKING, DOWN, EJECTED -> "DOWN";
        };
    }

    private static void row(StringBuilder csv, Map<String, Object> values) {
        for (String column : COLUMNS) {
            csv.append(values.getOrDefault(column, "")).append(',');
        }
        csv.append('\n');
    }

    private static String header() {
        try (InputStream columns = Objects.requireNonNull(StatsCsv.class.getResourceAsStream("columns.txt"))) {
            return new String(columns.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
