package io.ratemesh.benchmarks.slow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.load.Spread;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlowReportTest {

    private static final SlowPlan PLAN = new SlowPlan(List.of(SlowAttack.HEAD), 1000, 64, 2000, 3, 15, 10);
    private static final HeldConnections CUT_OFF = new HeldConnections(1000, 0, 1000);

    @Test
    void twice_the_quiet_time_is_still_met() {
        SlowReport report = report(duel("HAProxy", round(300, 900)), duel("Ratemesh", round(200, 400)));

        assertThat(report.goalsMet()).isTrue();
        assertThat(report.lines())
                .contains("- what was on")
                .contains("| slow head | Ratemesh | 100 / 200 µs | 100 / 400 µs | 2.00 | 200 → 400 |"
                        + " 1,000 / 0 / 1,000 | p99 within twice: met |")
                .anyMatch(line -> line.startsWith("| slow head | HAProxy") && line.contains("within twice: NOT met"))
                .contains("- slow head: a field every 5 s, no end of the head");
    }

    @Test
    void more_than_twice_is_not() {
        SlowReport report = report(duel("Ratemesh", round(200, 402)));

        assertThat(report.goalsMet()).isFalse();
        assertThat(report.lines()).anyMatch(line -> line.contains("| 200 → 402 |") && line.contains("NOT met"));
    }

    @Test
    void one_round_that_a_neighbour_disturbed_does_not_decide() {
        assertThat(report(duel("Ratemesh", round(200, 300), round(210, 9000), round(190, 310)))
                        .goalsMet())
                .isTrue();
        assertThat(report(duel("Ratemesh", round(200, 500), round(9000, 510), round(190, 490)))
                        .goalsMet())
                .isFalse();
    }

    @Test
    void a_request_that_failed_is_worse_than_a_late_one() {
        SlowReport report = report(duel(
                "Ratemesh",
                round(200, 200),
                new AttackResult.Round(new Spread(100, 200, 300), Optional.empty(), CUT_OFF),
                round(200, 200)));

        assertThat(report.goalsMet()).isFalse();
        assertThat(report.lines()).anyMatch(line -> line.contains("200 → failed") && line.contains("NOT met"));
    }

    private static SlowReport report(AttackResult... duels) {
        return new SlowReport(PLAN, List.of("- what was on"), List.of(duels));
    }

    private static AttackResult duel(String contender, AttackResult.Round... rounds) {
        return new AttackResult(SlowAttack.HEAD, contender, List.of(rounds));
    }

    private static AttackResult.Round round(int quiet, int attacked) {
        return new AttackResult.Round(
                new Spread(100, quiet, 10_000), Optional.of(new Spread(100, attacked, 10_000)), CUT_OFF);
    }
}
