package io.ratemesh.benchmarks.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.Round;
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

    @Test
    void each_server_of_a_stack_has_its_own_figures() {
        assertThat(report(50_000).figures())
                .contains(
                        Figure.once("64 connections", "Ratemesh", Measure.CPU, 35),
                        Figure.once("64 connections", "Ratemesh", Measure.MEMORY, 500),
                        Figure.once("64 connections, each server", "Ratemesh: balancer", Measure.CPU, 20),
                        Figure.once("64 connections, each server", "Ratemesh: converter-1", Measure.MEMORY, 300));
        assertThat(report(50_000).lines())
                .containsSubsequence(
                        "| Flask: gunicorn | 380.0 µs | 200 MB |",
                        "| Ratemesh: balancer | 20.0 µs | 200 MB |",
                        "| Ratemesh: converter-1 | 15.0 µs | 300 MB |");
    }

    private static StackReport report(double perSecond) {
        Map<String, List<StackRound>> measured = new LinkedHashMap<>();
        measured.put("Flask", List.of(new StackRound(Map.of("Flask: gunicorn", new Round(5000, 380, 200_000_000)))));
        Map<String, Round> ratemesh = new LinkedHashMap<>();
        ratemesh.put("Ratemesh: balancer", new Round(perSecond, 20, 200_000_000));
        ratemesh.put("Ratemesh: converter-1", new Round(perSecond, 15, 300_000_000));
        measured.put("Ratemesh", List.of(new StackRound(ratemesh)));
        Map<String, List<LatencyPercentiles>> latencies = new LinkedHashMap<>();
        latencies.put("Flask", List.of(new LatencyPercentiles(5000, 30_000, 60_000)));
        latencies.put("Ratemesh", List.of(new LatencyPercentiles(500, 2000, 3000)));
        return new StackReport(
                new ComparisonReport(
                        List.of("- a description"),
                        "connections",
                        List.of(StackReport.comparison(64, measured)),
                        StackReport.GOAL),
                StackReport.servers(64, measured),
                new FixedRateLatencies(64, 3500, latencies, List.of()));
    }
}
