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
    void backups_are_sent_requests_only_while_no_other_takes_them() {
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
    void with_half_of_them_gone_the_others_take_it_all() {
        fixture.failsChecks(fixture.up("a"));
        fixture.up("b");

        assertThat(fixture.chosen(10)).containsOnlyKeys("b");
        assertThat(fixture.pool.snapshot().panic()).isFalse();
    }

    @Test
    void with_more_than_half_gone_those_that_at_least_answer_are_tried_too() {
        fixture.failsChecks(fixture.up("a"));
        fixture.failsChecks(fixture.up("b"));
        fixture.up("c");

        assertThat(fixture.chosen(30)).containsOnlyKeys("a", "b", "c");
        assertThat(fixture.pool.snapshot().panic()).isTrue();
    }

    @Test
    void one_that_works_is_not_mixed_with_those_that_refuse_or_do_not_answer() {
        fixture.up("refuses").connectRefused();
        Upstream hangs = fixture.up("hangs");
        for (int i = 0; i < PoolFixture.FALL; i++) {
            hangs.checkCompleted(PoolFixture.silent());
        }
        fixture.up("works");

        assertThat(fixture.chosen(30)).containsOnlyKeys("works");
    }

    @Test
    void where_nobody_is_left_even_those_that_do_not_answer_are_tried_rather_than_none() {
        fixture.up("refuses").connectRefused();
        Upstream hangs = fixture.up("hangs");
        for (int i = 0; i < PoolFixture.FALL; i++) {
            hangs.checkCompleted(PoolFixture.silent());
        }

        assertThat(fixture.chosen(10)).containsOnlyKeys("hangs");
    }

    @Test
    void where_all_refuse_requests_wait_for_the_check_that_finds_one_back() {
        Upstream a = fixture.up("a");
        a.connectRefused();
        assertThat(fixture.chosen(1)).containsOnlyKeys("none");

        a.checkCompleted(PoolFixture.passed());
        a.checkCompleted(PoolFixture.passed());
        assertThat(fixture.chosen(1)).containsOnlyKeys("a");
    }

    @Test
    void where_all_refuse_and_nothing_is_checked_they_are_tried_and_the_first_answer_brings_one_back() {
        fixture.pool.reconfigure(PoolFixture.with(CheckSettings.Kind.NONE));
        Upstream a = fixture.up("a");
        a.connectRefused();
        assertThat(fixture.chosen(1)).containsOnlyKeys("a");

        fixture.onLoop("a").responseStarted(200);
        assertThat(a.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void panic_does_not_reach_who_drains_or_is_in_maintenance() {
        fixture.up("drains").setAdminState(AdminState.DRAIN);
        fixture.up("leaves").drainAnnounced();
        fixture.up("maintained").setAdminState(AdminState.MAINTENANCE);
        fixture.failsChecks(fixture.up("ill"));

        assertThat(fixture.chosen(10)).containsOnlyKeys("ill");
    }

    @Test
    void a_newcomer_is_sent_a_tenth_at_first_and_its_whole_share_in_the_end() {
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
    void while_all_start_slowly_nothing_changes_in_proportion() {
        fixture.pool.reconfigure(PoolFixture.withSlowStart(Duration.ofSeconds(10)));
        fixture.up("a", 2);
        fixture.up("b", 1);

        assertThat(fixture.chosen(30)).containsEntry("a", 20).containsEntry("b", 10);
        fixture.pass(Duration.ofSeconds(3));
        assertThat(fixture.chosen(30)).containsEntry("a", 20).containsEntry("b", 10);
    }
}
