package io.ratemesh.benchmarks.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.load.Spread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyReportTest {

    private static final ProxyPlan PLAN = new ProxyPlan(List.of(16, 64), 1, 5, 10, 3);
    private static final Round HAPROXY = new Round(40_000, 12, 16_000_000);

    @Test
    void the_goals_are_met_where_ours_is_as_fast_as_cheap_and_as_prompt() {
        ProxyReport report = report(new Round(44_000, 11.4, 150_000_000), 900);

        assertThat(report.goalsMet()).isTrue();
        assertThat(report.lines())
                .contains("- what was on")
                .contains("| 64 | HAProxy | 40,000 | 12.0 µs | 16 MB | 40.0 |")
                .contains("| 64 | Ratemesh | 44,000 | 11.4 µs | 150 MB | 44.0 |")
                .contains("| 64 | **ours ÷ HAProxy's (goals: at least 1, at most 1)** | **1.10** | **0.95** | | met |")
                .contains("| HAProxy | 100 µs | 1,000 µs | 5,000 µs |")
                .contains("| nginx | not measured: it cannot hold this rate | | |");
    }

    @Test
    void each_goal_by_itself_can_be_missed() {
        assertThat(report(new Round(39_000, 11, 1), 900).goalsMet()).isFalse();
        assertThat(report(new Round(44_000, 13, 1), 900).goalsMet()).isFalse();
        assertThat(report(new Round(44_000, 11, 1), 1_100).goalsMet()).isFalse();
    }

    @Test
    void without_ours_there_is_a_table_and_no_ratio() {
        Comparison alone = new Comparison("64", Map.of("HAProxy", List.of(HAPROXY)));
        ProxyReport report = new ProxyReport(
                PLAN, List.of(), List.of(alone), new ProxyReport.Latencies(64, 28_000, Map.of(), List.of()));

        assertThat(report.goalsMet()).isTrue();
        assertThat(report.lines())
                .anyMatch(line -> line.contains("| HAProxy |"))
                .noneMatch(line -> line.contains("ours"));
    }

    @Test
    void latency_is_measured_with64_connections_where_they_are_among_those() {
        assertThat(PLAN.latencyConnections()).isEqualTo(64);
        assertThat(new ProxyPlan(List.of(256, 16), 1, 1, 1, 3).latencyConnections())
                .isEqualTo(256);
    }

    private static ProxyReport report(Round ours, int p99) {
        Comparison peak = new Comparison("64", Map.of("HAProxy", List.of(HAPROXY), "Ratemesh", List.of(ours)));
        Map<String, List<Spread>> spreads =
                Map.of("HAProxy", List.of(new Spread(100, 1000, 5000)), "Ratemesh", List.of(new Spread(90, p99, 5000)));
        return new ProxyReport(
                PLAN,
                List.of("- what was on"),
                List.of(peak),
                new ProxyReport.Latencies(64, 28_000, spreads, List.of("nginx")));
    }
}
