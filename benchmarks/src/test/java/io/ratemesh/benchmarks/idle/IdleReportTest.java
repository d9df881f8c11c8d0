package io.ratemesh.benchmarks.idle;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleReportTest {

    @Test
    void memory_is_divided_by_the_connections() {
        IdleReport report = report(result("HAProxy", 9_999), result("Ratemesh", 10_000));

        assertThat(report.figures())
                .contains(Figure.once("10000 idle connections", "Ratemesh", Measure.MEMORY_PER_CONNECTION, 12));
        assertThat(report.lines())
                .contains("- a description")
                .contains("| Ratemesh | 130 MB | 250 MB | 12.0 kB | 270 MB | 20.0 kB | 268 MB | 33,000 | 10,000 |")
                .contains(
                        "- idle connections kept: 10000.00 (goal: at least 10000): met",
                        "- an idle connection, kB: 12.00 (goal: at most 5): NOT met");
    }

    @Test
    void a_closed_idle_connection_of_ratemesh_misses_the_goal() {
        IdleReport report = report(result("Ratemesh", 9_999));

        assertThat(report.isGoalMet()).isFalse();
        assertThat(report.lines()).contains("- idle connections kept: 9999.00 (goal: at least 10000): NOT met");
    }

    private static IdleReport report(MemoryUse... results) {
        return new IdleReport(List.of("- a description"), 10_000, 1000, List.of(results));
    }

    private static MemoryUse result(String contender, long open) {
        return new MemoryUse(contender, 130_000_000, 250_000_000, 270_000_000, 268_000_000, open, 33_000);
    }
}
