package io.ratemesh.balancer.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.ServerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthStateTest {

    private static final Duration TENTH = Duration.ofMillis(100);

    private final PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
    private final Upstream upstream = fixture.pool.add("a", new ServerSettings("127.0.0.1", 80, 1, false));

    @Test
    void a_new_upstream_gets_no_requests_before_its_first_check_passes() {
        fails(5);
        assertIs(UpstreamState.CHECKING);
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("none");

        passes(1);
        assertIs(UpstreamState.UP);
    }

    @Test
    void fall_consecutive_failed_checks_mark_it_down() {
        passes(1);
        fails(2);
        passes(1);
        fails(2);
        assertIs(UpstreamState.UP);

        fails(1);
        assertIs(UpstreamState.DOWN);
        UpstreamSnapshot snapshot = fixture.pool.snapshot().servers().get(0);
        assertThat(snapshot.downTransitions()).isEqualTo(1);
        assertThat(snapshot.checksFailed()).isEqualTo(5);
    }

    @Test
    void rise_consecutive_passed_checks_mark_it_up() {
        passes(1);
        upstream.connectRefused();
        passes(1);
        fails(1);
        passes(1);
        assertIs(UpstreamState.DOWN);

        passes(1);
        assertIs(UpstreamState.UP);
    }

    @Test
    void a_refused_connect_marks_it_down_and_speeds_up_checks() {
        passes(1);
        assertThat(upstream.needsFastChecks()).isFalse();

        upstream.connectRefused();

        assertIs(UpstreamState.DOWN);
        assertThat(upstream.needsFastChecks()).isTrue();
    }

    @Test
    void a_second_failure_report_of_the_same_node_changes_nothing_and_it_still_comes_back() {
        passes(1);
        upstream.connectRefused();
        upstream.connectRefused();
        passes(1);
        upstream.connectRefused();
        passes(1);

        assertIs(UpstreamState.UP);
        assertThat(fixture.pool.snapshot().servers().get(0).downTransitions()).isEqualTo(1);
    }

    @Test
    void a_draining_node_gets_no_requests_until_it_announces_ready() {
        passes(1);
        upstream.drainAnnounced();
        passes(2);
        assertIs(UpstreamState.DRAINING);
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("none");

        upstream.readyAnnounced();
        assertIs(UpstreamState.CHECKING);
        passes(1);
        assertIs(UpstreamState.UP);
    }

    @Test
    void an_operators_drain_is_not_undone_by_the_node_or_its_checks() {
        passes(1);
        upstream.setAdminState(AdminState.DRAIN);
        upstream.readyAnnounced();
        passes(3);
        fails(3);
        passes(2);
        assertIs(UpstreamState.DRAINING);

        upstream.setAdminState(AdminState.READY);
        assertIs(UpstreamState.UP);
    }

    @Test
    void an_operators_ready_does_not_override_a_draining_node() {
        passes(1);
        upstream.setAdminState(AdminState.DRAIN);
        upstream.drainAnnounced();
        upstream.setAdminState(AdminState.READY);
        assertIs(UpstreamState.DRAINING);

        upstream.readyAnnounced();
        passes(1);
        assertIs(UpstreamState.UP);
    }

    @Test
    void checks_do_not_affect_maintenance_and_it_restarts_as_new() {
        passes(1);
        upstream.setAdminState(AdminState.MAINTENANCE);
        fails(5);
        passes(5);
        upstream.connectRefused();
        assertIs(UpstreamState.MAINTENANCE);
        assertThat(fixture.pool.snapshot().servers().get(0).checksFailed()).isZero();
        assertThat(fixture.pool.snapshot().servers().get(0).downTransitions()).isZero();

        upstream.setAdminState(AdminState.READY);
        assertIs(UpstreamState.CHECKING);
        passes(1);
        assertIs(UpstreamState.UP);
    }

    @Test
    void slow_start_applies_to_a_new_upstream_and_after_each_recovery() {
        fixture.pool.reconfigure(PoolFixture.withSlowStart(Duration.ofSeconds(10)));
        passes(1);
        assertIs(UpstreamState.SLOW_START);
        assertThat(percent()).isEqualTo(10);

        fixture.pass(Duration.ofSeconds(5));
        assertThat(percent()).isEqualTo(55);

        fixture.pass(Duration.ofSeconds(5));
        assertIs(UpstreamState.UP);
        assertThat(percent()).isEqualTo(100);

        upstream.connectRefused();
        passes(2);
        assertIs(UpstreamState.SLOW_START);
        assertThat(percent()).isEqualTo(10);
    }

    @Test
    void without_checks_a_refusing_upstream_is_ejected_for_a_time() {
        fixture.pool.reconfigure(PoolFixture.with(CheckSettings.Kind.NONE));
        assertIs(UpstreamState.UP);

        upstream.connectRefused();
        assertIs(UpstreamState.EJECTED);

        fixture.pass(FailureSettings.DEFAULT.outlier().baseEjectionTime());
        assertIs(UpstreamState.UP);
    }

    @Test
    void a_down_upstream_is_up_when_checks_are_disabled() {
        passes(1);
        fails(3);
        assertIs(UpstreamState.DOWN);

        fixture.pool.reconfigure(PoolFixture.with(CheckSettings.Kind.NONE));

        assertIs(UpstreamState.UP);
    }

    @Test
    void downtime_is_counted() {
        passes(1);
        fixture.pass(Duration.ofSeconds(5));
        fails(3);
        fixture.pass(Duration.ofSeconds(3));
        assertThat(fixture.pool.snapshot().servers().get(0).downtime()).isEqualTo(Duration.ofSeconds(3));

        passes(2);
        fixture.pass(Duration.ofSeconds(4));
        UpstreamSnapshot snapshot = fixture.pool.snapshot().servers().get(0);
        assertThat(snapshot.downtime()).isEqualTo(Duration.ofSeconds(3));
        assertThat(snapshot.timeInState()).isEqualTo(Duration.ofSeconds(4));
        assertThat(fixture.pool.snapshot().downtime()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void check_health_is_haproxys() {
        assertThat(health()).isZero();
        passes(1);
        assertThat(health()).isEqualTo(4);
        fails(1);
        assertThat(health()).isEqualTo(3);
        fails(2);
        assertThat(health()).isZero();
        passes(1);
        assertThat(health()).isEqualTo(1);
    }

    @Test
    void a_weight_out_of_range_is_rejected() {
        assertThatThrownBy(() -> upstream.setWeight(0)).hasMessageContaining("weight: 0; must be 1 to 256");
        assertThatThrownBy(() -> upstream.setWeight(257)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_that_stalls_while_others_respond_is_suspect_until_no_loop_suspects_it() {
        passes(1);
        fixture.up("b");
        PoolOnLoop otherLoop = new PoolOnLoop(fixture.pool);
        UpstreamOnLoop here = fixture.onLoop("a");
        stalls(fixture.onLoop("a"), fixture.onLoop("b"), () -> fixture.pass(TENTH));
        assertIs(UpstreamState.SUSPECT);
        assertThat(upstream.needsFastChecks()).isTrue();
        assertThat(fixture.pool.snapshot().active()).isEqualTo(2);
        assertThat(fixture.chosen(4)).containsOnlyKeys("b");

        otherLoop.tick();
        UpstreamOnLoop there = otherLoop.members().get(0);
        stalls(there, otherLoop.members().get(1), () -> {
            fixture.now += TENTH.toNanos();
            otherLoop.tick();
        });
        here.responseStarted(200);
        fixture.pass(TENTH);
        assertThat(fixture.chosen(4)).containsOnlyKeys("a", "b");
        assertIs(UpstreamState.SUSPECT);

        there.responseStarted(200);
        otherLoop.tick();
        assertIs(UpstreamState.UP);
        assertThat(upstream.needsFastChecks()).isFalse();
    }

    private static void stalls(UpstreamOnLoop stalling, UpstreamOnLoop responding, Runnable tenthOfASecond) {
        stalling.startAwaitingResponse();
        for (int i = 0; i < 7; i++) {
            responding.responseStarted(200);
            tenthOfASecond.run();
        }
    }

    private int percent() {
        return fixture.pool.snapshot().servers().get(0).weightPercent();
    }

    private int health() {
        return fixture.pool.snapshot().servers().get(0).checkHealth();
    }

    private void assertIs(UpstreamState expected) {
        assertThat(upstream.state()).isEqualTo(expected);
    }

    private void passes(int times) {
        for (int i = 0; i < times; i++) {
            upstream.checkCompleted(PoolFixture.passed());
        }
    }

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            upstream.checkCompleted(PoolFixture.failed());
        }
    }
}
