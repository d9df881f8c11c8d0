package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void one_disturbed_round_does_not_change_it() {
        assertThat(Median.of(List.of(100.0, 3.0, 101.0, 99.0, 102.0))).isEqualTo(100);
    }

    @Test
    void of_an_even_number_of_values_it_is_the_mean_of_the_middle_two() {
        assertThat(Median.of(List.of(4, 1, 3, 2))).isEqualTo(2.5);
    }

    @Test
    void without_values_it_is_zero() {
        assertThat(Median.of(List.of())).isZero();
    }

    @Test
    void each_percentile_has_its_own_median() {
        List<LatencyPercentiles> rounds = List.of(
                new LatencyPercentiles(1, 90, 500),
                new LatencyPercentiles(3, 70, 400),
                new LatencyPercentiles(2, 80, 900));

        assertThat(LatencyPercentiles.median(rounds)).isEqualTo(new LatencyPercentiles(2, 80, 500));
    }

    @Test
    void percentiles_are_of_sorted_values() {
        int[] micros = new int[200];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = micros.length - i;
        }

        assertThat(LatencyPercentiles.of(micros)).isEqualTo(new LatencyPercentiles(100, 198, 200, 200));
    }
}
