package io.ratemesh.benchmarks.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TcpReportTest {

    private static final Round HAPROXY = new Round(1500, 500, 16_000_000);

    @Test
    void the_goals_are_requests_and_cpu_time() {
        ComparisonReport report = report(TcpCase.SHORT, new Round(1500, 450, 110_000_000));

        assertThat(report.isGoalMet()).isTrue();
        assertThat(report.lines())
                .contains("- a description")
                .contains("| short responses | HAProxy | 1,500 | 500.0 µs | 16 MB | 1.5 |")
                .contains(
                        "| short responses | **Ratemesh ÷ HAProxy (goals: at least 1, at most 1)** | **1.00** | **0.90** | | met |")
                .noneMatch(line -> line.contains("MB/s"));
    }

    @Test
    void each_goal_can_be_missed() {
        assertThat(report(TcpCase.SHORT, new Round(1400, 450, 1)).isGoalMet()).isFalse();
        assertThat(report(TcpCase.SHORT, new Round(1600, 550, 1)).isGoalMet()).isFalse();
    }

    @Test
    void the_throughput_of_large_responses_is_reported() {
        assertThat(report(TcpCase.LARGE, new Round(1600, 450, 1)).lines())
                .contains("- HAProxy, responses of 1 MB: 1500 MB/s", "- Ratemesh, responses of 1 MB: 1600 MB/s");
    }

    @Test
    void only_one_case_uses_a_connection_per_request() {
        assertThat(TcpCase.CONNECT.load(64).plan().headers()).containsExactly("Connection: close");
        assertThat(TcpCase.SHORT.load(64).plan().headers()).isEmpty();
        assertThat(TcpCase.LARGE.load(64).plan().path()).isEqualTo("/shop/large");
    }

    private static ComparisonReport report(TcpCase load, Round ratemesh) {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        rounds.put("HAProxy", List.of(HAPROXY));
        rounds.put("Ratemesh", List.of(ratemesh));
        return TcpBenchmark.report(
                List.of("- a description"),
                64,
                Map.of(load, new Comparison(load.load(64).label(), rounds)));
    }
}
