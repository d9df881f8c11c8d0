package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.CheckSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EligibleUpstreamsTest {

    private final PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);

    @Test
    void backups_get_requests_only_while_no_other_is_available() {
        Upstream a = fixture.up("a");
        fixture.backup("b");
        assertThat(fixture.chosen(10)).containsOnlyKeys("a");

        a.connectRefused();
        assertThat(fixture.chosen(10)).containsOnlyKeys("b");

        a.checkCompleted(PoolFixture.passed());
        a.checkCompleted(PoolFixture.passed());
        assertThat(fixture.chosen(10)).containsOnlyKeys("a");
    }

    @Test
    void with_half_of_them_down_the_others_get_all_requests() {
        fixture.failChecks(fixture.up("a"));
        fixture.up("b");

        assertThat(fixture.chosen(10)).containsOnlyKeys("b");
        assertThat(fixture.pool.snapshot().panic()).isFalse();
    }

    @Test
    void with_more_than_half_down_those_that_respond_at_all_are_eligible() {
        fixture.failChecks(fixture.up("a"));
        fixture.failChecks(fixture.up("b"));
        fixture.up("c");

        assertThat(fixture.chosen(30)).containsOnlyKeys("a", "b", "c");
        assertThat(fixture.pool.snapshot().panic()).isTrue();
    }

    @Test
    void a_serving_upstream_is_not_mixed_with_those_that_refuse_or_do_not_respond() {
        fixture.up("refuses").connectRefused();
        Upstream hangs = fixture.up("hangs");
        for (int i = 0; i < PoolFixture.FALL; i++) {
            hangs.checkCompleted(PoolFixture.timedOut());
        }
        fixture.up("works");

        assertThat(fixture.chosen(30)).containsOnlyKeys("works");
    }

    @Test
    void where_none_is_left_even_unresponsive_upstreams_are_eligible() {
        fixture.up("refuses").connectRefused();
        Upstream hangs = fixture.up("hangs");
        for (int i = 0; i < PoolFixture.FALL; i++) {
            hangs.checkCompleted(PoolFixture.timedOut());
        }

        assertThat(fixture.chosen(10)).containsOnlyKeys("hangs");
    }

    @Test
    void where_all_refuse_requests_are_queued_until_a_check_passes() {
        Upstream a = fixture.up("a");
        a.connectRefused();
        assertThat(fixture.chosen(1)).containsOnlyKeys("none");

        a.checkCompleted(PoolFixture.passed());
        a.checkCompleted(PoolFixture.passed());
        assertThat(fixture.chosen(1)).containsOnlyKeys("a");
    }

    @Test
    void without_checks_refusing_upstreams_are_tried_and_the_first_response_restores_one() {
        fixture.pool.reconfigure(PoolFixture.with(CheckSettings.Kind.NONE));
        Upstream a = fixture.up("a");
        a.connectRefused();
        assertThat(fixture.chosen(1)).containsOnlyKeys("a");

        fixture.onLoop("a").responseStarted(200);
        assertThat(a.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void panic_does_not_include_draining_or_maintained_upstreams() {
        fixture.up("drains").setAdminState(AdminState.DRAIN);
        fixture.up("draining").drainAnnounced();
        fixture.up("maintained").setAdminState(AdminState.MAINTENANCE);
        fixture.failChecks(fixture.up("down"));

        assertThat(fixture.chosen(10)).containsOnlyKeys("down");
    }

    @Test
    void slow_start_begins_with_a_tenth_and_ends_with_the_full_share() {
        fixture.pool.reconfigure(PoolFixture.withSlowStart(Duration.ofSeconds(10)));
        fixture.up("old");
        assertThat(fixture.chosen(5)).as("the only one serves at once").containsEntry("old", 5);
        fixture.pass(Duration.ofSeconds(10));

        fixture.up("new");
        assertThat(fixture.chosen(110)).containsEntry("old", 100).containsEntry("new", 10);

        fixture.pass(Duration.ofSeconds(10));
        assertThat(fixture.chosen(100).get("new")).isBetween(49, 51);
    }

    @Test
    void slow_start_of_all_does_not_change_proportions() {
        fixture.pool.reconfigure(PoolFixture.withSlowStart(Duration.ofSeconds(10)));
        fixture.up("a", 2);
        fixture.up("b", 1);

        assertThat(fixture.chosen(30)).containsEntry("a", 20).containsEntry("b", 10);
        fixture.pass(Duration.ofSeconds(3));
        assertThat(fixture.chosen(30)).containsEntry("a", 20).containsEntry("b", 10);
    }
}
