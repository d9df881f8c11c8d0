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
    void failed_nodes_are_probed_on_for_ever() {
        Upstream upstream = newcomer("a");
        int asked = 0;
        for (int i = 0; i < 10_000; i++) {
            for (ScheduledCheck scheduled : due()) {
                asked++;
                timetable.complete(scheduled);
                scheduled.upstream().checkCompleted(outcome(false));
                scheduled.upstream().connectRefused();
            }
            now += 50 * MILLI;
        }
        assertThat(asked).as("in 500 s, at 500 ms 10 %% more or less").isBetween(850, 1150);

        assertThat(answersUntilUp(upstream)).isLessThanOrEqualTo(SETTINGS.rise());
    }

    @Test
    void all_upstreams_dead_then_alive_and_all_take_requests_within_rise_times_the_interval() {
        for (int i = 0; i < 5; i++) {
            newcomer("s" + i);
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
    void a_newcomer_is_asked_at_once_and_servers_that_came_together_are_not_asked_together_for_ever() {
        for (int i = 0; i < 20; i++) {
            newcomer("s" + i);
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
    void the_pauses_are_the_interval_ten_percent_more_or_less() {
        newcomer("a");
        List<Long> asked = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            for (ScheduledCheck scheduled : due()) {
                asked.add(now);
                passes(scheduled);
            }
            now += MILLI;
        }
        for (int i = 2; i < asked.size(); i++) {
            assertThat((asked.get(i) - asked.get(i - 1)) / MILLI).isBetween(900L, 1101L);
        }
    }

    @Test
    void one_in_doubt_is_asked_sooner_from_the_very_report_on() {
        Upstream upstream = newcomer("a");
        settle();
        now += 560 * MILLI;
        assertThat(due()).isEmpty();

        upstream.connectRefused();

        assertThat(due()).hasSize(1);
    }

    @Test
    void one_that_hangs_is_never_asked_twice_at_once_and_not_forgotten_either() {
        newcomer("a");
        ScheduledCheck hangs = due().get(0);
        for (long waited = 0; waited < 2000; waited += 50) {
            assertThat(due()).isEmpty();
            now += 50 * MILLI;
        }

        List<ScheduledCheck> again = due();
        assertThat(again).hasSize(1);
        assertThat(timetable.complete(hangs))
                .as("nobody waits for that any more")
                .isFalse();
        assertThat(timetable.complete(again.get(0))).isTrue();
    }

    @Test
    void one_that_asks_for_it_is_asked_at_the_next_look() {
        Upstream upstream = newcomer("a");
        settle();
        assertThat(due()).isEmpty();

        timetable.scheduleNow(upstream);

        assertThat(due()).hasSize(1);
    }

    @Test
    void new_settings_hold_at_once() {
        newcomer("a");
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
    void one_in_maintenance_or_out_of_the_pool_is_not_asked_and_its_last_answer_is_not_taken() {
        Upstream upstream = newcomer("a");
        ScheduledCheck scheduled = due().get(0);
        upstream.setAdminState(AdminState.MAINTENANCE);
        now += 60_000 * MILLI;
        assertThat(due()).isEmpty();

        pool.remove(upstream);
        assertThat(due()).isEmpty();
        assertThat(timetable.complete(scheduled)).isFalse();
    }

    private int answersUntilUp(Upstream upstream) {
        int answers = 0;
        for (long waited = 0; !upstream.state().isServing() && waited < 10_000; waited += 50) {
            for (ScheduledCheck scheduled : due()) {
                answers++;
                passes(scheduled);
            }
            now += 50 * MILLI;
        }
        return answers;
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

    private Upstream newcomer(String id) {
        return pool.add(id, new ServerSettings("127.0.0.1", 80, 1, false));
    }

    private List<ScheduledCheck> due() {
        return timetable.due(pool.upstreams(), SETTINGS, now);
    }
}
