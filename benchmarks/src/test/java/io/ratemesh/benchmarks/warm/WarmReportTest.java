package io.ratemesh.benchmarks.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.Wrk.TimedLoad;
import io.ratemesh.benchmarks.warm.WarmReport.Round;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmReportTest {

    @ParameterizedTest
    @CsvSource({"20000,40,50,true", "19000,40,50,false", "20000,41,50,false", "20000,40,51,false"})
    void each_goal_counts(double first, double firstMillis, int worstMillis, boolean met) {
        assertThat(new WarmReport(List.of(round(first, firstMillis, worstMillis))).isGoalMet())
                .isEqualTo(met);
    }

    @Test
    void the_medians_of_all_clusters_count_and_the_worst_second_of_each() {
        WarmReport report =
                new WarmReport(List.of(round(1000, 900, 900), round(30_000, 10, 20), round(30_000, 10, 20)));

        assertThat(report.isGoalMet()).isTrue();
        assertThat(report.lines())
                .contains("| 1 | 1,000/s | 40,000/s | 0.03 | 900 ms | 5 ms | 900 ms |")
                .anyMatch(line -> line.contains("first 10 s: 0.75 (goal: at least 0.5): met"));
    }

    private static Round round(double first, double firstMillis, int worstMillis) {
        return new Round(
                new TimedLoad(first, firstMillis),
                new TimedLoad(40_000, 5),
                List.of(
                        new LatencyPercentiles(500, 900, 1000),
                        new LatencyPercentiles(500, worstMillis * 1000, 90_000)));
    }
}
