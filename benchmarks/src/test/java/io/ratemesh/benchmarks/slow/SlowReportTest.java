package io.ratemesh.benchmarks.slow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlowReportTest {

    private static final HeldConnections CLOSED = new HeldConnections(1000, 0, 1000);

    @Test
    void a_doubled_p99_meets_the_goal() {
        SlowReport report = report(result("HAProxy", round(300, 900)), result("Ratemesh", round(200, 400)));

        assertThat(report.isGoalMet()).isTrue();
        assertThat(report.lines())
                .contains("- a description")
                .contains("| slow head | Ratemesh | 100 / 200 µs | 100 / 400 µs | 2.00 | 200 → 400 |"
                        + " 1,000 / 0 / 1,000 | p99 at most doubled: met |")
                .anyMatch(line -> line.startsWith("| slow head | HAProxy") && line.contains("at most doubled: NOT met"))
                .contains("- slow head: a field every 5 s, no end of the head");
    }

    @Test
    void more_than_doubled_misses_the_goal() {
        SlowReport report = report(result("Ratemesh", round(200, 402)));

        assertThat(report.isGoalMet()).isFalse();
        assertThat(report.lines()).anyMatch(line -> line.contains("| 200 → 402 |") && line.contains("NOT met"));
    }

    @Test
    void one_disturbed_round_does_not_decide() {
        assertThat(report(result("Ratemesh", round(200, 300), round(210, 9000), round(190, 310)))
                        .isGoalMet())
                .isTrue();
        assertThat(report(result("Ratemesh", round(200, 500), round(9000, 510), round(190, 490)))
                        .isGoalMet())
                .isFalse();
    }

    @Test
    void a_failed_request_misses_the_goal() {
        SlowReport report = report(result(
                "Ratemesh",
                round(200, 200),
                new AttackResult.Round(new LatencyPercentiles(100, 200, 300), Optional.empty(), CLOSED),
                round(200, 200)));

        assertThat(report.isGoalMet()).isFalse();
        assertThat(report.lines()).anyMatch(line -> line.contains("200 → failed") && line.contains("NOT met"));
    }

    private static SlowReport report(AttackResult... results) {
        return new SlowReport(List.of("- a description"), List.of(results));
    }

    private static AttackResult result(String contender, AttackResult.Round... rounds) {
        return new AttackResult(SlowAttack.HEAD, contender, List.of(rounds));
    }

    private static AttackResult.Round round(int quiet, int attacked) {
        return new AttackResult.Round(
                new LatencyPercentiles(100, quiet, 10_000),
                Optional.of(new LatencyPercentiles(100, attacked, 10_000)),
                CLOSED);
    }
}
