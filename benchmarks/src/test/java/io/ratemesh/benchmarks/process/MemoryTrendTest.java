package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTrendTest {

    private static final long MB = 1_000_000;

    private final MemoryTrend trend = new MemoryTrend();

    @Test
    void each_tenth_has_its_median() {
        trend.add(0, MB);
        trend.add(0.09, 9 * MB);
        trend.add(0.05, 2 * MB);
        trend.add(1.2, 5 * MB);

        assertThat(trend.medians()).containsExactly(2 * MB, 0, 0, 0, 0, 0, 0, 0, 0, 5 * MB);
        assertThat(trend).hasToString("2.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 5.0");
        assertThat(trend.isComplete()).isFalse();
    }

    @Test
    void it_is_flat_up_to_five_percent_from_the_second_tenth_to_the_last() {
        trend.add(0.05, 10 * MB);
        trend.add(0.15, 100 * MB);
        trend.add(0.5, 300 * MB);
        trend.add(0.95, 105 * MB);

        assertThat(trend.isFlat(0)).isTrue();
    }

    @Test
    void more_growth_needs_slack() {
        trend.add(0.15, 100 * MB);
        trend.add(0.95, 106 * MB);

        assertThat(trend.isFlat(0)).isFalse();
        assertThat(trend.isFlat(MB)).isTrue();
    }
}
