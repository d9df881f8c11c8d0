package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void one_disturbed_round_does_not_move_it() {
        assertThat(Median.of(List.of(100.0, 3.0, 101.0, 99.0, 102.0))).isEqualTo(100);
    }

    @Test
    void of_an_even_number_it_is_between_the_two_in_the_middle() {
        assertThat(Median.of(List.of(4, 1, 3, 2))).isEqualTo(2.5);
    }

    @Test
    void of_none_it_is_nothing() {
        assertThat(Median.of(List.of())).isZero();
    }

    @Test
    void each_figure_of_spreads_has_its_own() {
        List<Spread> rounds = List.of(new Spread(1, 90, 500), new Spread(3, 70, 400), new Spread(2, 80, 900));

        assertThat(Spread.median(rounds)).isEqualTo(new Spread(2, 80, 500));
    }

    @Test
    void a_spread_is_of_sorted_values() {
        int[] micros = new int[200];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = micros.length - i;
        }

        assertThat(Spread.of(micros)).isEqualTo(new Spread(100, 198, 200));
    }
}
