package io.ratemesh.benchmarks.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamReportTest {

    @Test
    void deliveries_have_a_goal_and_latency_has_one_at_5000_readers() {
        assertThat(report(1000, 2.0, 50_000).goals())
                .extracting(Goal::line)
                .containsExactly(
                        "1000 readers: deliveries per CPU-second, Ratemesh ÷ nchan: 2.00 (goal: at least 1): met");
        assertThat(report(5000, 5.0, 50_000).goals())
                .extracting(Goal::line)
                .containsExactly(
                        "5000 readers: deliveries per CPU-second, Ratemesh ÷ nchan: 0.80 (goal: at least 1): NOT met",
                        "5000 readers: p99 to the last reader, Ratemesh ÷ nchan: 0.50 (goal: at most 1): met");
    }

    @Test
    void memory_per_reader_is_what_was_added_since_the_first_reader() {
        StreamReport report = report(1000, 2.0, 50_000);

        assertThat(report.figures())
                .hasSize(8)
                .contains(
                        Figure.once("1000 readers", "Ratemesh", Measure.DELIVERIES, 30_000),
                        Figure.once("1000 readers", "Ratemesh", Measure.P99, 50_000),
                        Figure.once("1000 readers", "Ratemesh", Measure.MEMORY_PER_CONNECTION, 10));
        assertThat(report.lines())
                .startsWith("- a description")
                .contains("| 1,000 | Ratemesh | 30,000 | 40 / 50 / 60 ms | 160 MB | 10.0 kB |");
    }

    @Test
    void one_contender_alone_has_no_goals() {
        StreamReport report =
                new StreamReport(List.of(), Map.of(100, Map.of("nchan", List.of(round(100, 1, 1)))), Map.of());

        assertThat(report.goals()).isEmpty();
        assertThat(report.isGoalMet()).isTrue();
    }

    private static StreamReport report(int readers, double cpuSeconds, int p99) {
        Map<String, List<StreamRound>> byName = new LinkedHashMap<>();
        byName.put("Ratemesh", List.of(round(readers, cpuSeconds, p99)));
        byName.put("nchan", List.of(round(readers, 4, 100_000)));
        return new StreamReport(
                List.of("- a description"),
                Map.of(readers, byName),
                Map.of("Ratemesh", 160_000_000L, "nchan", 20_000_000L));
    }

    private static StreamRound round(int readers, double cpuSeconds, int p99) {
        return new StreamRound(
                readers, 60L * readers, 60, cpuSeconds, new LatencyPercentiles(40_000, p99, 60_000), 170_000_000);
    }
}
