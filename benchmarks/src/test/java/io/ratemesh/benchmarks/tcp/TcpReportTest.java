package io.ratemesh.benchmarks.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.tcp.TcpReport.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TcpReportTest {

    private static final Round HAPROXY = new Round(1500, 500, 16_000_000);

    @Test
    void the_goals_are_met_where_ours_is_as_fast_and_as_cheap() {
        TcpReport report = report(TcpCase.SHORT, new Round(1500, 450, 110_000_000));

        assertThat(report.goalsMet()).isTrue();
        assertThat(report.lines())
                .contains("- what was on")
                .contains("| short answers | HAProxy | 1,500 | 500.0 µs | 16 MB | 1.5 |")
                .contains(
                        "| short answers | **ours ÷ HAProxy's (goals: at least 1, at most 1)** | **1.00** | **0.90** | | met |")
                .noneMatch(line -> line.contains("MB/s"));
    }

    @Test
    void each_goal_by_itself_can_be_missed() {
        assertThat(report(TcpCase.SHORT, new Round(1400, 450, 1)).goalsMet()).isFalse();
        assertThat(report(TcpCase.SHORT, new Round(1600, 550, 1)).goalsMet()).isFalse();
    }

    @Test
    void of_large_answers_the_throughput_is_told() {
        assertThat(report(TcpCase.LARGE, new Round(1600, 450, 1)).lines())
                .contains("- HAProxy, answers of 1 MB: 1500 MB/s", "- Ratemesh, answers of 1 MB: 1600 MB/s");
    }

    @Test
    void only_one_case_asks_for_a_connection_each() {
        assertThat(TcpCase.CONNECT.aim(64).headers()).containsExactly("Connection: close");
        assertThat(TcpCase.SHORT.aim(64).headers()).isEmpty();
        assertThat(TcpCase.LARGE.aim(64).path()).isEqualTo("/shop/large");
    }

    private static TcpReport report(TcpCase what, Round ours) {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        rounds.put("HAProxy", List.of(HAPROXY));
        rounds.put("Ratemesh", List.of(ours));
        return new TcpReport(
                List.of("- what was on"), 64, 1, List.of(new Measured(what, new Comparison(what.label(), rounds))));
    }
}
