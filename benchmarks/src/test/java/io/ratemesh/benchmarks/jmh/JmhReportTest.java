package io.ratemesh.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;

class JmhReportTest {

    @Test
    void ratemesh_and_moneta_have_the_same_load() {
        JmhReport report = report(30);

        assertThat(report.figures())
                .containsExactly(
                        new Figure("conversion: USD JPY", "Ratemesh", Measure.NANOS, List.of(29.0, 30.0, 31.0)),
                        Figure.once("conversion: USD JPY", "Moneta", Measure.NANOS, 2000),
                        Figure.once("decoding of a book", "Ratemesh", Measure.NANOS, 40_000));
        assertThat(report.lines()).contains("| conversion: USD JPY | Ratemesh | 30 | 29 | 31 |");
    }

    @Test
    void only_our_calls_with_a_limit_have_a_goal() {
        assertThat(report(30).isGoalMet()).isTrue();
        assertThat(report(501).isGoalMet()).isFalse();
        assertThat(report(30).goals()).hasSize(1);
    }

    @Test
    void a_benchmark_is_found_by_the_name_that_jmh_gives_it() {
        assertThat(Microbenchmark.of("io.ratemesh.benchmarks.jmh.ConversionBenchmark.ratemesh"))
                .contains(Microbenchmark.CONVERSION);
        assertThat(Microbenchmark.of("io.ratemesh.converter.stream.EventEncodingBenchmark.encode"))
                .contains(Microbenchmark.EVENT_ENCODING);
        assertThat(Microbenchmark.of("io.ratemesh.Other.pick")).isEmpty();
    }

    private static JmhReport report(double nanos) {
        return new JmhReport(List.of(
                new JmhReport.Result(Microbenchmark.CONVERSION, "USD JPY", List.of(nanos - 1, nanos, nanos + 1)),
                new JmhReport.Result(Microbenchmark.CONVERSION_BY_MONETA, "USD JPY", List.of(2000.0)),
                new JmhReport.Result(Microbenchmark.BOOK_DECODING, "", List.of(40_000.0))));
    }
}
