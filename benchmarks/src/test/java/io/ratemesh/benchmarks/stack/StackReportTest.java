package io.ratemesh.benchmarks.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.FixedRateLatencies;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackReportTest {

    @Test
    void the_goal_is_ten_times_as_many_conversions() {
        assertThat(report(50_000).goals())
                .extracting(Goal::line)
                .containsExactly("64 connections: requests, Ratemesh ÷ Flask: 10.00 (goal: at least 10): met");
        assertThat(report(49_000).isGoalMet()).isFalse();
    }

    @Test
    void latency_is_reported_without_a_goal() {
        assertThat(report(50_000).figures())
                .contains(Figure.once("64 connections at a fixed rate", "Flask", Measure.P99, 30_000));
        assertThat(report(50_000).lines())
                .startsWith("- a description")
                .contains("| Ratemesh | 500 µs | 2,000 µs | 3,000 µs |");
    }

    @Test
    void responses_may_differ_only_in_the_order_of_fields() {
        assertThatCode(() -> StackBenchmark.requireSameResponse(
                        "/convert", "{\"result\":\"40707\",\"version\":7}", "{\"version\":7,\"result\":\"40707\"}\n"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> StackBenchmark.requireSameResponse(
                        "/convert", "{\"result\":\"40707\"}", "{\"result\":\"40707.0\"}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("different responses to /convert");
    }

    private static StackReport report(double perSecond) {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        rounds.put("Flask", List.of(new Round(5000, 380, 200_000_000)));
        rounds.put("Ratemesh", List.of(new Round(perSecond, 35, 500_000_000)));
        Map<String, List<LatencyPercentiles>> latencies = new LinkedHashMap<>();
        latencies.put("Flask", List.of(new LatencyPercentiles(5000, 30_000, 60_000)));
        latencies.put("Ratemesh", List.of(new LatencyPercentiles(500, 2000, 3000)));
        return new StackReport(
                new ComparisonReport(
                        List.of("- a description"),
                        "connections",
                        List.of(new Comparison("64", rounds)),
                        StackReport.GOAL),
                new FixedRateLatencies(64, 3500, latencies, List.of()));
    }
}
