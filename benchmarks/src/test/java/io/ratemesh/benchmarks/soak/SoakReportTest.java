package io.ratemesh.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.process.MemoryTrend;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final long MB = 1_000_000;

    @Test
    void constant_memory_meets_the_goal() {
        SoakReport report = report(trend(380, 400, 420), trend(14, 13, 14), trend(3, 4, 4));

        assertThat(report.isGoalMet()).isTrue();
        assertThat(report.lines())
                .contains("- a description")
                .contains("| requests, of which with a body | 20,000,000, 900,000 |")
                .contains(
                        "| RSS, median of each tenth, MB | 380.0 400.0 420.0 420.0 420.0 420.0 420.0 420.0 420.0 420.0 |")
                .contains("| at most 5 % more in the last tenth than in the second | met |");
    }

    @Test
    void growth_of_each_kind_of_memory_misses_the_goal() {
        MemoryTrend flat = trend(100, 100, 100);

        assertThat(report(trend(380, 400, 421), flat, flat).isGoalMet()).isFalse();
        assertThat(report(flat, trend(14, 13, 15), flat).isGoalMet()).isFalse();
        assertThat(report(flat, flat, trend(3, 4, 6)).isGoalMet()).isFalse();
        assertThat(report(flat, trend(14, 13, 15), flat).lines())
                .anyMatch(line -> line.startsWith("| heap") && line.endsWith(" GROWS |"))
                .contains("| at most 5 % more in the last tenth than in the second | NOT met |");
    }

    @Test
    void a_tenth_without_a_sample_misses_the_goal() {
        MemoryTrend brief = new MemoryTrend();
        brief.add(0.15, 400 * MB);
        brief.add(1, 400 * MB);

        assertThat(report(brief, brief, brief).isGoalMet()).isFalse();
        assertThat(report(brief, brief, brief).lines()).anyMatch(line -> line.contains("NOT measured"));
    }

    @Test
    void errors_in_the_log_are_shown() {
        MemoryTrend flat = trend(1, 1, 1);
        SoakReport report =
                new SoakReport(List.of(), 1, 0, 0, flat, flat, flat, List.of("2026-01-01 ERROR something broke"));

        assertThat(report.isGoalMet()).isFalse();
        assertThat(report.lines()).contains("2026-01-01 ERROR something broke");
    }

    @Test
    void a_heap_that_cannot_be_measured_is_ignored() {
        MemoryTrend flat = trend(1, 1, 1);

        assertThat(report(flat, new MemoryTrend(), flat).isGoalMet()).isTrue();
    }

    private static SoakReport report(MemoryTrend resident, MemoryTrend heap, MemoryTrend direct) {
        return new SoakReport(
                List.of("- a description"), 20_000_000, 900_000, 40_000, resident, heap, direct, List.of());
    }

    /** The first tenth, the second, and each after it. */
    private static MemoryTrend trend(long first, long second, long rest) {
        MemoryTrend trend = new MemoryTrend();
        trend.add(0.05, first * MB);
        trend.add(0.15, second * MB);
        for (int tenth = 2; tenth < 10; tenth++) {
            trend.add(tenth / 10.0 + 0.05, rest * MB);
        }
        return trend;
    }
}
