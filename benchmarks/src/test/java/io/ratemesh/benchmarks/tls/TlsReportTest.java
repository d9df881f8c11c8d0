package io.ratemesh.benchmarks.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TlsReportTest {

    private static final Round HAPROXY = new Round(20_000, 40, 16_000_000);
    private static final Round SLOWER = new Round(19_000, 50, 110_000_000);

    @Test
    void requests_over_both_versions_have_goals_against_haproxy() {
        TlsReport report = report(TlsCase.HTTP1, HAPROXY, TlsCase.HTTP2, SLOWER);

        assertThat(report.goals().stream().map(Goal::line))
                .containsExactly(
                        "HTTP/1.1 64 connections: requests, Ratemesh ÷ HAProxy: 1.00 (goal: at least 1): met",
                        "HTTP/1.1 64 connections: CPU, Ratemesh ÷ HAProxy: 1.00 (goal: at most 1): met",
                        "HTTP/2 64 connections: requests, Ratemesh ÷ HAProxy: 0.95 (goal: at least 1): NOT met",
                        "HTTP/2 64 connections: CPU, Ratemesh ÷ HAProxy: 1.25 (goal: at most 1): NOT met");
        assertThat(report.isGoalMet()).isFalse();
    }

    @Test
    void new_connections_are_shown_without_a_goal() {
        TlsReport report = report(TlsCase.HTTP1, HAPROXY, TlsCase.HANDSHAKES, SLOWER);

        assertThat(report.isGoalMet()).isTrue();
        assertThat(report.lines())
                .startsWith("- a description")
                .contains("| a connection per request | **Ratemesh ÷ HAProxy** | **0.95** | **1.25** | | |");
        assertThat(report.figures().stream().map(Figure::load).distinct())
                .containsExactly("HTTP/1.1 64 connections", "a connection per request 64 connections");
    }

    @Test
    void cases_that_were_not_chosen_are_left_out() {
        assertThat(TlsReport.of(List.of(), 64, Map.of(TlsCase.HANDSHAKES, comparison(TlsCase.HANDSHAKES, SLOWER)))
                        .parts())
                .singleElement()
                .satisfies(part -> assertThat(part.goals()).isEmpty());
    }

    private static TlsReport report(TlsCase first, Round ofFirst, TlsCase second, Round ofSecond) {
        Map<TlsCase, Comparison> comparisons = new LinkedHashMap<>();
        comparisons.put(first, comparison(first, ofFirst));
        comparisons.put(second, comparison(second, ofSecond));
        return TlsReport.of(List.of("- a description"), 64, comparisons);
    }

    private static Comparison comparison(TlsCase one, Round ratemesh) {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        rounds.put("HAProxy", List.of(HAPROXY));
        rounds.put("Ratemesh", List.of(ratemesh));
        return new Comparison(one.label(), rounds);
    }
}
