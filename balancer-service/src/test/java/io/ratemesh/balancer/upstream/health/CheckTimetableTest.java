package io.ratemesh.balancer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.health.CheckTimetable.ScheduledCheck;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.ServerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CheckTimetableTest {

    private static final CheckSettings SETTINGS = PoolFixture.PLAIN.check();
    private static final long MILLI = 1_000_000;

    private final CheckTimetable timetable = new CheckTimetable(new SplittableRandom(1));
    private final Pool pool = PoolFixture.plain("servers");
    private long now = Long.MAX_VALUE - 5_000 * MILLI;

    @Test
    void failed_nodes_are_checked_for_ever() {
        Upstream upstream = newUpstream("a");
        int checks = 0;
        for (int i = 0; i < 10_000; i++) {
            for (ScheduledCheck scheduled : due()) {
                checks++;
                timetable.complete(scheduled);
                scheduled.upstream().checkCompleted(outcome(false));
                scheduled.upstream().connectRefused();
            }
            now += 50 * MILLI;
        }
        assertThat(checks).as("in 500 s, at 500 ms 10 %% more or less").isBetween(850, 1150);

        assertThat(answersUntilUp(upstream)).isLessThanOrEqualTo(SETTINGS.rise());
    }

    @Test
    void all_upstreams_down_then_up_and_all_serve_within_rise_times_the_interval() {
        for (int i = 0; i < 5; i++) {
            newUpstream("s" + i);
        }
        settle();
        pool.upstreams().forEach(Upstream::connectRefused);
        for (long dead = 0; dead < 60_000; dead += 50) {
            due().forEach(this::fails);
            now += 50 * MILLI;
        }
        assertThat(taking()).isZero();

        long within = SETTINGS.interval().multipliedBy(SETTINGS.rise()).toNanos();
        for (long alive = 0; alive < within; alive += 50 * MILLI) {
            due().forEach(this::passes);
            now += 50 * MILLI;
        }
        assertThat(taking()).isEqualTo(5);
    }

    @Test
    void a_new_upstream_is_checked_at_once_and_servers_added_together_drift_apart() {
        for (int i = 0; i < 20; i++) {
            newUpstream("s" + i);
        }
        List<ScheduledCheck> first = due();
        assertThat(first).hasSize(20);
        first.forEach(this::passes);

        int most = 0;
        for (int i = 0; i < 20; i++) {
            now += 50 * MILLI;
            List<ScheduledCheck> due = due();
            due.forEach(this::passes);
            most = Math.max(most, due.size());
        }
        assertThat(most).isLessThan(7);
    }

    @Test
    void the_interval_has_ten_percent_jitter() {
        newUpstream("a");
        List<Long> checks = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            for (ScheduledCheck scheduled : due()) {
                checks.add(now);
                passes(scheduled);
            }
            now += MILLI;
        }
        for (int i = 2; i < checks.size(); i++) {
            assertThat((checks.get(i) - checks.get(i - 1)) / MILLI).isBetween(900L, 1101L);
        }
    }

    @Test
    void a_transitional_upstream_is_checked_at_the_fast_interval_at_once() {
        Upstream upstream = newUpstream("a");
        settle();
        now += 560 * MILLI;
        assertThat(due()).isEmpty();

        upstream.connectRefused();

        assertThat(due()).hasSize(1);
    }

    @Test
    void a_hanging_check_is_not_doubled_and_is_abandoned_in_time() {
        newUpstream("a");
        ScheduledCheck hangs = due().get(0);
        for (long waited = 0; waited < 2000; waited += 50) {
            assertThat(due()).isEmpty();
            now += 50 * MILLI;
        }

        List<ScheduledCheck> again = due();
        assertThat(again).hasSize(1);
        assertThat(timetable.complete(hangs)).as("the check was abandoned").isFalse();
        assertThat(timetable.complete(again.get(0))).isTrue();
    }

    @Test
    void a_scheduled_check_is_due_at_the_next_tick() {
        Upstream upstream = newUpstream("a");
        settle();
        assertThat(due()).isEmpty();

        timetable.scheduleNow(upstream);

        assertThat(due()).hasSize(1);
    }

    @Test
    void new_settings_apply_at_once() {
        newUpstream("a");
        settle();
        now += 200 * MILLI;
        CheckSettings quick = new CheckSettings(
                SETTINGS.kind(),
                SETTINGS.path(),
                SETTINGS.expected(),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                SETTINGS.timeout(),
                2,
                3);

        assertThat(timetable.due(pool.upstreams(), quick, now)).hasSize(1);
    }

    @Test
    void maintained_and_removed_upstreams_are_not_checked_and_late_results_are_ignored() {
        Upstream upstream = newUpstream("a");
        ScheduledCheck scheduled = due().get(0);
        upstream.setAdminState(AdminState.MAINTENANCE);
        now += 60_000 * MILLI;
        assertThat(due()).isEmpty();

        pool.remove(upstream);
        assertThat(due()).isEmpty();
        assertThat(timetable.complete(scheduled)).isFalse();
    }

    private int answersUntilUp(Upstream upstream) {
        int checks = 0;
        for (long waited = 0; !upstream.state().isServing() && waited < 10_000; waited += 50) {
            for (ScheduledCheck scheduled : due()) {
                checks++;
                passes(scheduled);
            }
            now += 50 * MILLI;
        }
        return checks;
    }

    private void settle() {
        due().forEach(this::passes);
        now += 1100 * MILLI;
        due().forEach(this::passes);
    }

    private void passes(ScheduledCheck scheduled) {
        assertThat(timetable.complete(scheduled)).isTrue();
        scheduled.upstream().checkCompleted(outcome(true));
    }

    private void fails(ScheduledCheck scheduled) {
        assertThat(timetable.complete(scheduled)).isTrue();
        scheduled.upstream().checkCompleted(outcome(false));
    }

    private long taking() {
        return pool.upstreams().stream()
                .filter(upstream -> upstream.state().isServing())
                .count();
    }

    private static CheckResult outcome(boolean passed) {
        Outcome finding = passed ? Outcome.EXPECTED_STATUS : Outcome.CONNECT_FAILED;
        return new CheckResult(Instant.EPOCH, finding, passed ? 200 : 0, Duration.ZERO, "");
    }

    private Upstream newUpstream(String id) {
        return pool.add(id, new ServerSettings("127.0.0.1", 80, 1, false));
    }

    private List<ScheduledCheck> due() {
        return timetable.due(pool.upstreams(), SETTINGS, now);
    }
}
