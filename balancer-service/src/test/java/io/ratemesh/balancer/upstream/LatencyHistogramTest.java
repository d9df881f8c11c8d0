package io.ratemesh.balancer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

    private final LatencyHistogram histogram = new LatencyHistogram();

    @ParameterizedTest
    @ValueSource(longs = {8_000, 100_000, 1_234_567, 999_999_999, 30_000_000_000L, 3_600_000_000_000L})
    void a_quantile_is_right_within_an_eighth_and_never_too_small(long nanos) {
        histogram.record(nanos);

        assertThat(quantile(0.5))
                .isCloseTo(nanos, Percentage.withPercentage(12.6))
                .isGreaterThanOrEqualTo(nanos);
    }

    @Test
    void short_times_are_exact_to_the_microsecond_and_extreme_ones_are_bounded() {
        histogram.record(0);
        assertThat(quantile(1)).isEqualTo(1000);
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);
        assertThat(quantile(1)).isGreaterThan(Duration.ofHours(19).toNanos());
    }

    @Test
    void histograms_of_loops_add_up() {
        LatencyHistogram other = new LatencyHistogram();
        for (int i = 0; i < 98; i++) {
            histogram.record(1_000_000);
        }
        other.record(500_000_000);
        other.record(500_000_000);

        LatencyHistogram.Sum sum = new LatencyHistogram.Sum().add(histogram).add(other);

        assertThat(sum.quantile(0.5)).isCloseTo(1_000_000, Percentage.withPercentage(12.6));
        assertThat(sum.quantile(0.99)).isCloseTo(500_000_000, Percentage.withPercentage(12.6));
    }

    @Test
    void values_older_than_two_windows_do_not_count() {
        assertThat(quantile(0.5)).isZero();
        histogram.record(1_000_000);
        histogram.rotate();
        assertThat(quantile(0.5)).isPositive();
        histogram.rotate();
        assertThat(quantile(0.5)).isZero();
    }

    private long quantile(double share) {
        return new LatencyHistogram.Sum().add(histogram).quantile(share);
    }
}
