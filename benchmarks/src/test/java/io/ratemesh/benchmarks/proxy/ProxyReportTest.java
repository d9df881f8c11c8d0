package io.ratemesh.benchmarks.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.FixedRateLatencies;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyReportTest {

    private static final Round HAPROXY = new Round(40_000, 12, 16_000_000);

    @Test
    void the_goals_are_requests_cpu_time_and_latency() {
        ProxyReport report = report(new Round(50_000, 9.6, 150_000_000), 500);

        assertThat(report.isGoalMet()).isTrue();
        assertThat(report.lines())
                .contains("- a description")
                .contains("| 64 | HAProxy | 40,000 | 12.0 µs | 16 MB | 40.0 |")
                .contains("| 64 | Ratemesh | 50,000 | 9.6 µs | 150 MB | 50.0 |")
                .contains(
                        "| 64 | **Ratemesh ÷ HAProxy (goals: at least 1.25, at most 0.8)** | **1.25** | **0.80** | | met |")
                .contains("| HAProxy | 100 µs | 1,000 µs | 5,000 µs |")
                .contains("| nginx | not measured: it cannot sustain this rate | | |");
    }

    @Test
    void each_goal_can_be_missed() {
        assertThat(report(new Round(49_000, 9, 1), 500).isGoalMet()).isFalse();
        assertThat(report(new Round(51_000, 10, 1), 500).isGoalMet()).isFalse();
        assertThat(report(new Round(51_000, 9, 1), 600).isGoalMet()).isFalse();
    }

    @Test
    void each_figure_and_goal_names_its_load() {
        ProxyReport report = report(new Round(50_000, 9.6, 150_000_000), 500);

        assertThat(report.figures())
                .contains(
                        Figure.once("64 connections", "HAProxy", Measure.REQUESTS, 40_000),
                        Figure.once("64 connections", "Ratemesh", Measure.MEMORY, 150),
                        Figure.once("64 connections at a fixed rate", "Ratemesh", Measure.P99, 500));
        assertThat(report.goals())
                .extracting(Goal::line)
                .containsExactly(
                        "64 connections: requests, Ratemesh ÷ HAProxy: 1.25 (goal: at least 1.25): met",
                        "64 connections: CPU, Ratemesh ÷ HAProxy: 0.80 (goal: at most 0.8): met",
                        "64 connections at a fixed rate: p99, Ratemesh ÷ HAProxy: 0.50 (goal: at most 0.5): met");
    }

    @Test
    void without_ratemesh_there_is_a_table_and_no_ratio() {
        Comparison alone = new Comparison("64", Map.of("HAProxy", List.of(HAPROXY)));
        ProxyReport report =
                new ProxyReport(comparison(alone), new FixedRateLatencies(64, 28_000, Map.of(), List.of()));

        assertThat(report.isGoalMet()).isTrue();
        assertThat(report.lines())
                .anyMatch(line -> line.contains("| HAProxy |"))
                .noneMatch(line -> line.contains("÷"));
    }

    @Test
    void latency_is_measured_with_64_connections_or_else_the_first() {
        assertThat(ProxyBenchmark.latencyConnections(List.of(16, 64))).isEqualTo(64);
        assertThat(ProxyBenchmark.latencyConnections(List.of(256, 16))).isEqualTo(256);
    }

    private static ProxyReport report(Round ratemesh, int p99) {
        Comparison peak = new Comparison("64", Map.of("HAProxy", List.of(HAPROXY), "Ratemesh", List.of(ratemesh)));
        Map<String, List<LatencyPercentiles>> latencies = Map.of(
                "HAProxy",
                List.of(new LatencyPercentiles(100, 1000, 5000)),
                "Ratemesh",
                List.of(new LatencyPercentiles(90, p99, 5000)));
        return new ProxyReport(comparison(peak), new FixedRateLatencies(64, 28_000, latencies, List.of("nginx")));
    }

    private static ComparisonReport comparison(Comparison peak) {
        return new ComparisonReport(
                List.of("- a description"), "connections", List.of(peak), ProxyReport.GOAL, ProxyReport.BARE);
    }
}
