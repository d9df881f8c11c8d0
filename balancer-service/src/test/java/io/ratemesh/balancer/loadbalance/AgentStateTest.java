package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.AgentReport;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What agents say and operators set, and which servers get requests then. */
class AgentStateTest {

    private final PoolFixture fixture = new PoolFixture(PoolFixture.withAgent(9999));
    private final Upstream server = fixture.up("a", 4);

    @ParameterizedTest
    @CsvSource({
        "drain, DRAINING",
        "0%, DRAINING",
        "maint, MAINTENANCE",
        "down, DOWN",
        "fail, DOWN",
        "stopped, DOWN",
        "up, UP",
        "ready, UP",
        "50%, UP",
        "down drain, DRAINING"
    })
    void an_agent_takes_its_server_out_of_service(String line, UpstreamState state) {
        says(server, line);

        assertThat(server.state()).isEqualTo(state);
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo(state == UpstreamState.UP ? "a" : "none");
    }

    @Test
    void the_same_agent_puts_it_back() {
        says(server, "drain");
        says(server, "ready");
        assertThat(server.state()).isEqualTo(UpstreamState.UP);

        says(server, "0%");
        says(server, "100%");
        assertThat(server.state()).isEqualTo(UpstreamState.UP);

        says(server, "stopped");
        server.checkCompleted(PoolFixture.passed());
        assertThat(server.state()).isEqualTo(UpstreamState.DOWN);
        says(server, "ready");
        assertThat(server.state()).as("ready is not up").isEqualTo(UpstreamState.DOWN);
        says(server, "up");
        assertThat(server.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void up_needs_the_checks_to_agree() {
        fixture.failChecks(server);

        says(server, "up");

        assertThat(server.state()).isEqualTo(UpstreamState.DOWN);
    }

    @Test
    void after_maintenance_it_is_checked_like_a_new_one() {
        says(server, "maint");
        says(server, "ready");

        assertThat(server.state()).isEqualTo(UpstreamState.CHECKING);
    }

    @ParameterizedTest
    @CsvSource({
        "DRAIN, maint, DRAINING",
        "DRAIN, ready, DRAINING",
        "DRAIN, up 100%, DRAINING",
        "MAINTENANCE, ready, MAINTENANCE",
        "MAINTENANCE, drain, MAINTENANCE",
        "READY, drain, DRAINING",
        "READY, maint, MAINTENANCE"
    })
    void what_an_operator_has_set_has_precedence(AdminState set, String line, UpstreamState state) {
        server.setAdminState(set);
        says(server, line);
        assertThat(server.state()).isEqualTo(state);

        server.setAdminState(AdminState.READY);
        says(server, line);
        server.setAdminState(set);
        assertThat(server.state()).isEqualTo(state);
    }

    @Test
    void a_percentage_applies_to_the_configured_weight() {
        fixture.up("b", 4);

        says(server, "25%");
        assertThat(fixture.chosen(10)).containsEntry("a", 2).containsEntry("b", 8);
        says(server, "400%");
        assertThat(fixture.chosen(10)).containsEntry("a", 8).containsEntry("b", 2);
        says(server, "100%");
        assertThat(fixture.chosen(10)).containsEntry("a", 5).containsEntry("b", 5);
    }

    @Test
    void maxconn_is_the_limit_of_the_server() {
        says(server, "maxconn:1");
        fixture.onLoop("a").begin();
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("none");

        says(server, "maxconn:2");
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("a");
        says(server, "maxconn:1");
        says(server, "maxconn:0");
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("a");
    }

    @Test
    void servers_that_are_down_by_their_agents_get_no_request_where_others_have_failed_and_cause_no_panic() {
        says(server, "stopped");
        says(fixture.up("b"), "stopped");
        Upstream failed = fixture.up("c");
        fixture.up("d");
        fixture.failChecks(failed);

        assertThat(fixture.chosen(10)).containsOnlyKeys("d");
        assertThat(fixture.pool.snapshot().panic()).isFalse();
    }

    @Test
    void what_it_has_set_ends_when_the_settings_have_no_agent_any_more() {
        says(server, "drain 10% maxconn:1");

        fixture.pool.reconfigure(PoolFixture.PLAIN);

        assertThat(server.state()).isEqualTo(UpstreamState.UP);
        assertThat(fixture.pool.snapshot().servers().get(0).agent().weightPercent())
                .isEqualTo(100);
    }

    private static void says(Upstream upstream, String line) {
        upstream.agentReported(PoolFixture.passed(), AgentReport.parse(line));
    }
}
