package io.ratemesh.balancer.admin;

import static io.ratemesh.balancer.admin.StatsFixture.failed;
import static io.ratemesh.balancer.admin.StatsFixture.on;
import static io.ratemesh.balancer.admin.StatsFixture.passed;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.stats.csv.CsvRow;
import io.ratemesh.balancer.tcp.TcpTotals;
import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.AgentReport;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

public class StatsCsvTest {

    private static final int FIELDS = 121;
    private static final String POOL = "servers";

    private final StatsFixture fixture = new StatsFixture();

    @Test
    void the_header_is_haproxys_and_every_row_has_as_many_fields() {
        fixture.up("converter-1");
        fixture.up("converter-2");

        List<String> lines = fixture.csv();

        assertThat(lines.get(0)).startsWith("# pxname,svname,qcur,").endsWith(",cache_hint_hits,-,");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(FIELDS));
        assertThat(lines.stream().skip(1).map(line -> line.split(",", 3)[0] + "/" + line.split(",", 3)[1]))
                .containsExactly(
                        "front-door/FRONTEND",
                        "servers/converter-1",
                        "servers/converter-2",
                        "servers/BACKEND",
                        "web/127.0.0.1:9201",
                        "web/[::1]:9202",
                        "web/BACKEND",
                        "db/FRONTEND",
                        "db/127.0.0.1:9201",
                        "db/[::1]:9202",
                        "db/BACKEND");
    }

    @Test
    void an_agent_has_haproxys_columns() {
        Upstream server = fixture.up("converter-1");
        fixture.converters.reconfigure(PoolFixture.withAgent(9999));
        server.setWeight(4);

        server.agentReported(passed(), AgentReport.parse("75% maxconn:9"));
        assertThat(value("status")).isEqualTo("UP");
        assertThat(value("weight")).isEqualTo("3");
        assertThat(value("uweight")).isEqualTo("4");
        assertThat(value("slim")).isEqualTo("9");
        assertThat(value("agent_status")).isEqualTo("L7OK");
        assertThat(value("agent_health")).isEqualTo("1");

        server.agentReported(passed(), AgentReport.parse("drain"));
        assertThat(value("status")).isEqualTo("DRAIN (agent)");
        server.setAdminState(AdminState.DRAIN);
        assertThat(value("status")).isEqualTo("DRAIN");
        server.setAdminState(AdminState.READY);
        server.agentReported(passed(), AgentReport.parse("ready down"));
        assertThat(value("status")).isEqualTo("DOWN (agent)");
        assertThat(value("agent_health")).isEqualTo("0");

        fixture.converters.reconfigure(PoolFixture.PLAIN);
        assertThat(value("status")).isEqualTo("UP");
        assertThat(value("agent_status")).isEmpty();
    }

    private String value(String column) {
        return fixture.value(POOL, "converter-1", column);
    }

    /** As Prometheus' haproxy_exporter parses the first 62 fields. */
    @Test
    void every_value_that_readers_parse_as_an_integer_is_one() {
        Upstream server = fixture.up("converter-1");
        server.checkCompleted(failed());
        List<String> columns = List.of(CsvRow.HEADER.substring(2).split(",", -1));
        Set<String> texts =
                Set.of("pxname", "svname", "status", "check_status", "last_chk", "check_desc", "addr", "mode", "algo");

        for (String line : fixture.csv().subList(1, fixture.csv().size())) {
            List<String> row = csvFields(line);
            assertThat(row).hasSize(FIELDS);
            for (int i = 0; i < columns.size(); i++) {
                if (!texts.contains(columns.get(i)) && !row.get(i).isEmpty()) {
                    assertThat(row.get(i)).as(columns.get(i)).matches("-?\\d+");
                }
            }
        }
    }

    @Test
    void counters_are_the_sum_of_the_event_loops() {
        Upstream server = fixture.up("converter-1");
        UpstreamOnLoop one = on(fixture.loopOne, server);
        UpstreamOnLoop two = on(fixture.loopTwo, server);
        one.begin();
        one.responseStarted(200);
        one.end();
        two.begin();
        two.redispatched();
        two.clientAborted();

        assertThat(fixture.value(POOL, "converter-1", "scur")).isEqualTo("1");
        assertThat(fixture.value(POOL, "converter-1", "stot")).isEqualTo("2");
        assertThat(fixture.value(POOL, "converter-1", "hrsp_2xx")).isEqualTo("1");
        assertThat(fixture.value(POOL, "converter-1", "wredis")).isEqualTo("1");
        assertThat(fixture.value(POOL, "BACKEND", "cli_abrt")).isEqualTo("1");
        assertThat(fixture.value(POOL, "BACKEND", "stot")).isEqualTo("2");
    }

    @Test
    void states_have_haproxys_names() {
        Upstream server = fixture.up("converter-1");
        assertThat(status()).isEqualTo("UP");
        server.checkCompleted(failed());
        assertThat(status()).as("one of three").isEqualTo("UP 2/3");
        server.checkCompleted(failed());
        assertThat(status()).isEqualTo("UP 1/3");
        server.checkCompleted(failed());
        assertThat(status()).isEqualTo("DOWN");
        assertThat(fixture.value(POOL, "BACKEND", "status")).isEqualTo("DOWN");
        server.checkCompleted(passed());
        assertThat(status()).isEqualTo("DOWN 1/2");
        server.checkCompleted(passed());
        assertThat(status()).isEqualTo("UP");
        server.setAdminState(AdminState.DRAIN);
        assertThat(status()).isEqualTo("DRAIN");
        server.setAdminState(AdminState.MAINTENANCE);
        assertThat(status()).isEqualTo("MAINT");
        assertThat(fixture.value("web", "127.0.0.1:9201", "status")).isEqualTo("no check");
        assertThat(fixture.value("front-door", "FRONTEND", "status")).isEqualTo("OPEN");
    }

    @Test
    void weights_limits_backups_and_the_algorithm_are_shown() {
        assertThat(fixture.value("web", "127.0.0.1:9201", "weight")).isEqualTo("3");
        assertThat(fixture.value("web", "127.0.0.1:9201", "slim")).isEqualTo("100");
        assertThat(fixture.value("web", "[::1]:9202", "bck")).isEqualTo("1");
        assertThat(fixture.value("web", "[::1]:9202", "addr")).isEqualTo("[::1]:9202");
        assertThat(fixture.value("web", "BACKEND", "weight")).isEqualTo("3");
        assertThat(fixture.value("web", "BACKEND", "algo")).isEqualTo("roundrobin");
        assertThat(fixture.value("web", "BACKEND", "lastsess")).as("never").isEqualTo("-1");
    }

    @Test
    void the_time_in_the_state_and_the_last_check_are_shown() {
        Upstream server = fixture.up("converter-1");
        fixture.advance(Duration.ofSeconds(10));
        assertThat(fixture.value(POOL, "converter-1", "lastchg")).isEqualTo("10");

        for (int i = 0; i < 3; i++) {
            server.checkCompleted(failed());
        }
        fixture.advance(Duration.ofSeconds(4));

        assertThat(fixture.value(POOL, "converter-1", "downtime")).isEqualTo("4");
        assertThat(fixture.value(POOL, "converter-1", "check_status")).isEqualTo("L7STS");
        assertThat(fixture.value(POOL, "converter-1", "check_code")).isEqualTo("503");
        assertThat(fixture.value(POOL, "converter-1", "chkfail")).isEqualTo("3");
        assertThat(fixture.value(POOL, "converter-1", "chkdown")).isEqualTo("1");
        assertThat(csvFields(fixture.csv().get(2)))
                .as("a comma and quotes, read back")
                .contains("status 503, \"busy\"", "Layer7 wrong status");
    }

    @Test
    void rates_of_the_last_second_and_their_maximum_are_shown() {
        fixture.up("converter-1");
        fixture.sampleRates();
        for (int i = 0; i < 40; i++) {
            fixture.countsOne.requestReceived();
            fixture.countsTwo.connectionOpened();
        }
        fixture.advance(Duration.ofSeconds(2));
        fixture.sampleRates();
        assertThat(fixture.value("front-door", "FRONTEND", "req_rate")).isEqualTo("20");
        assertThat(fixture.value("front-door", "FRONTEND", "rate")).isEqualTo("20");
        assertThat(fixture.value("front-door", "FRONTEND", "scur")).isEqualTo("40");

        fixture.countsTwo.connectionClosed();
        fixture.advance(Duration.ofSeconds(1));
        fixture.sampleRates();
        assertThat(fixture.value("front-door", "FRONTEND", "req_rate")).isEqualTo("0");
        assertThat(fixture.value("front-door", "FRONTEND", "req_rate_max")).isEqualTo("20");
        assertThat(fixture.value("front-door", "FRONTEND", "smax")).isEqualTo("40");
    }

    @Test
    void refused_connections_are_connections_but_no_sessions() {
        fixture.sampleRates();
        fixture.countsOne.connectionOpened();
        fixture.countsTwo.connectionRefused();
        fixture.countsTwo.connectionRefused();
        fixture.advance(Duration.ofSeconds(1));
        fixture.sampleRates();

        assertThat(fixture.value("front-door", "FRONTEND", "stot")).isEqualTo("1");
        assertThat(fixture.value("front-door", "FRONTEND", "conn_tot")).isEqualTo("3");
        assertThat(fixture.value("front-door", "FRONTEND", "dcon")).isEqualTo("2");
        assertThat(fixture.value("front-door", "FRONTEND", "rate")).isEqualTo("1");
        assertThat(fixture.value("front-door", "FRONTEND", "conn_rate")).isEqualTo("3");
        assertThat(fixture.value("front-door", "FRONTEND", "conn_rate_max")).isEqualTo("3");
        assertThat(fixture.value("front-door", "FRONTEND", "slim")).isEqualTo("20000");
    }

    @Test
    void a_tcp_port_is_what_haproxy_calls_listen() {
        fixture.sampleRates();
        fixture.traffic = new TcpTotals(40, 5, 1, 2, 3, 4, 6, 8, 1000, 2000);
        fixture.advance(Duration.ofSeconds(2));
        fixture.sampleRates();

        assertThat(front("scur")).isEqualTo("5");
        assertThat(front("smax")).isEqualTo("7");
        assertThat(front("slim")).isEqualTo("500");
        assertThat(front("stot")).isEqualTo("40");
        assertThat(front("rate")).isEqualTo("20");
        assertThat(front("conn_tot")).as("with those refused").isEqualTo("43");
        assertThat(front("dcon")).isEqualTo("3");
        assertThat(front("dses")).isEqualTo("2");
        assertThat(front("ereq")).isEqualTo("1");
        assertThat(front("cli_abrt")).isEqualTo("4");
        assertThat(front("bin")).isEqualTo("1000");
        assertThat(front("bout")).isEqualTo("2000");
        assertThat(front("mode")).isEqualTo("tcp");
        assertThat(front("hrsp_2xx")).isEmpty();
        assertThat(front("iid"))
                .isEqualTo(fixture.value("db", "127.0.0.1:9201", "iid"))
                .isEqualTo(fixture.value("db", "BACKEND", "iid"))
                .isNotEqualTo(fixture.value("web", "BACKEND", "iid"));
    }

    @Test
    void servers_of_tcp_ports_have_connections_and_connect_times() {
        fixture.dbLoop.tick();
        UpstreamOnLoop server = on(fixture.dbLoop, fixture.db.upstreams().get(0));
        server.begin();
        server.recordLatency(Duration.ofMillis(7).toNanos());
        server.responseStarted(0);

        assertThat(fixture.value("db", "127.0.0.1:9201", "scur")).isEqualTo("1");
        assertThat(fixture.value("db", "127.0.0.1:9201", "connect")).isEqualTo("1");
        assertThat(fixture.value("db", "127.0.0.1:9201", "ctime")).isEqualTo("7");
        assertThat(fixture.value("db", "127.0.0.1:9201", "rtime")).isEmpty();
        assertThat(fixture.value("db", "127.0.0.1:9201", "hrsp_other")).isEmpty();
        assertThat(fixture.value("db", "BACKEND", "mode")).isEqualTo("tcp");
        assertThat(fixture.value("db", "BACKEND", "scur")).isEqualTo("1");
    }

    private String front(String column) {
        return fixture.value("db", "FRONTEND", column);
    }

    private String status() {
        return fixture.value(POOL, "converter-1", "status");
    }

    /** RFC 4180. */
    static List<String> csvFields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
