package io.ratemesh.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.faults.FailureCounts.Kind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultsReportTest {

    private static final FaultsPlan PLAN =
            new FaultsPlan(64, 3000, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(15));
    private static final long INJECTED = millis(1000);
    private static final long REMOVED = millis(5000);

    @Test
    void the_goal_is_met_if_no_more_requests_fail_with_ratemesh() {
        FaultsReport report = report(result(Fault.KILLED, "HAProxy", 2), result(Fault.KILLED, "Ratemesh", 2));

        assertThat(report.isGoalMet()).isTrue();
        assertThat(report.lines())
                .contains("- a description")
                .contains(
                        "| killed | HAProxy | 3 | 2 | 0 | 2 | 0 | 12 ms | 500 ms | 700 ms | |",
                        "| killed | Ratemesh | 3 | 2 | 0 | 2 | 0 | 12 ms | 500 ms | 700 ms | met |")
                .contains("- killed: kill -9; started again")
                .noneMatch(line -> line.startsWith("- hung"));
    }

    @Test
    void one_fault_at_which_more_requests_fail_misses_the_goal() {
        FaultsReport report = report(
                result(Fault.KILLED, "HAProxy", 90),
                result(Fault.KILLED, "Ratemesh", 0),
                result(Fault.SLOW, "HAProxy", 1),
                result(Fault.SLOW, "Ratemesh", 2));

        assertThat(report.isGoalMet()).isFalse();
        assertThat(report.lines())
                .anyMatch(line -> line.startsWith("| killed | Ratemesh") && line.endsWith("| met |"))
                .anyMatch(line -> line.startsWith("| slow | Ratemesh") && line.endsWith("| NOT met |"));
    }

    @Test
    void a_missing_recovery_and_no_failures_are_reported() {
        FaultResult result =
                FaultResult.of(Fault.HUNG, "HAProxy", new FailureCounts(), INJECTED, REMOVED, OptionalLong.empty());

        assertThat(report(result).lines())
                .contains("| hung | HAProxy | 0 | 0 | 0 | 0 | 0 | 0 ms | none | not within 15 s | |");
    }

    @Test
    void a_failure_before_the_fault_counts_but_is_not_timed() {
        FailureCounts counts = new FailureCounts();
        counts.addFailure(Kind.STATUS, INJECTED - 1);
        FaultResult result = FaultResult.of(Fault.HUNG, "HAProxy", counts, INJECTED, REMOVED, OptionalLong.empty());

        assertThat(result.counts().failures()).isEqualTo(1);
        assertThat(result.lastFailure()).isEmpty();
    }

    private static FaultsReport report(FaultResult... results) {
        return new FaultsReport(PLAN, List.of("- a description"), List.of(results));
    }

    private static FaultResult result(Fault fault, String contender, int failures) {
        FailureCounts counts = new FailureCounts();
        counts.addRequest();
        counts.addSuccess(millis(12));
        for (int i = 0; i < failures; i++) {
            counts.addRequest();
            counts.addFailure(Kind.RESET, INJECTED + millis(500));
        }
        return FaultResult.of(fault, contender, counts, INJECTED, REMOVED, OptionalLong.of(REMOVED + millis(700)));
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
