package io.ratemesh.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultsReportTest {

    private static final FaultsPlan PLAN =
            new FaultsPlan(64, 3000, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(15));
    private static final long FAULT = millis(1000);
    private static final long HEALED = millis(5000);

    @Test
    void the_goal_is_met_where_no_more_fail_with_ours() {
        FaultsReport report = report(episode(Fault.KILLED, "HAProxy", 2), episode(Fault.KILLED, "Ratemesh", 2));

        assertThat(report.goalsMet()).isTrue();
        assertThat(report.lines())
                .contains("- what was on")
                .contains(
                        "| killed | HAProxy | 3 | 2 | 0 | 2 | 0 | 12 ms | 500 ms | 700 ms |  |",
                        "| killed | Ratemesh | 3 | 2 | 0 | 2 | 0 | 12 ms | 500 ms | 700 ms | met |")
                .contains("- killed: kill -9; started again")
                .noneMatch(line -> line.startsWith("- hung"));
    }

    @Test
    void one_fault_at_which_more_fail_misses_the_goal() {
        FaultsReport report = report(
                episode(Fault.KILLED, "HAProxy", 90),
                episode(Fault.KILLED, "Ratemesh", 0),
                episode(Fault.SLOW, "HAProxy", 1),
                episode(Fault.SLOW, "Ratemesh", 2));

        assertThat(report.goalsMet()).isFalse();
        assertThat(report.lines())
                .anyMatch(line -> line.startsWith("| killed | Ratemesh") && line.endsWith("| met |"))
                .anyMatch(line -> line.startsWith("| slow | Ratemesh") && line.endsWith("| NOT met |"));
    }

    @Test
    void what_did_not_happen_is_said() {
        FaultScenario episode =
                FaultScenario.of(Fault.HUNG, "HAProxy", new FailureCounts(), FAULT, HEALED, OptionalLong.empty());

        assertThat(report(episode).lines())
                .contains("| hung | HAProxy | 0 | 0 | 0 | 0 | 0 | 0 ms | none | not within 15 s |  |");
    }

    @Test
    void a_failure_before_the_fault_counts_but_is_not_timed() {
        FailureCounts tally = new FailureCounts();
        tally.failed(FailureKind.STATUS, FAULT - 1);
        FaultScenario episode = FaultScenario.of(Fault.HUNG, "HAProxy", tally, FAULT, HEALED, OptionalLong.empty());

        assertThat(episode.tally().failures()).isEqualTo(1);
        assertThat(episode.lastFailure()).isEmpty();
    }

    private static FaultsReport report(FaultScenario... episodes) {
        return new FaultsReport(PLAN, List.of("- what was on"), List.of(episodes));
    }

    private static FaultScenario episode(Fault fault, String contender, int failures) {
        FailureCounts tally = new FailureCounts();
        tally.sent();
        tally.answered(millis(12));
        for (int i = 0; i < failures; i++) {
            tally.sent();
            tally.failed(FailureKind.RESET, FAULT + millis(500));
        }
        return FaultScenario.of(fault, contender, tally, FAULT, HEALED, OptionalLong.of(HEALED + millis(700)));
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
