package io.ratemesh.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthFitTest {

    private static final List<Integer> SIZES = List.of(1, 10, 100);

    @Test
    void costs_that_end_within_one_and_a_half_times_the_first_are_flat() {
        assertThat(GrowthFit.of(SIZES, List.of(10.0, 30.0, 15.0))).hasToString("flat (last ÷ first: 1.50)");
        assertThat(GrowthFit.of(SIZES, List.of(15.0, 12.0, 10.1)).isFlat()).isTrue();
        assertThat(GrowthFit.of(SIZES, List.of(10.0, 12.0, 15.1)).isFlat()).isFalse();
    }

    @Test
    void the_exponent_is_that_of_the_power_law() {
        assertThat(GrowthFit.of(SIZES, List.of(3.0, 30.0, 300.0)).exponent()).isEqualTo(1, within(1e-9));
        assertThat(GrowthFit.of(SIZES, List.of(3.0, 300.0, 30_000.0)).exponent())
                .isEqualTo(2, within(1e-9));
        assertThat(GrowthFit.of(List.of(1, 4, 16), List.of(8.0, 4.0, 2.0)))
                .hasToString("falls with size^-0.50 (last ÷ first: 0.25)");
    }

    @Test
    void one_size_alone_is_flat() {
        assertThat(GrowthFit.of(List.of(16), List.of(12.5))).isEqualTo(new GrowthFit(1, 0));
    }
}
