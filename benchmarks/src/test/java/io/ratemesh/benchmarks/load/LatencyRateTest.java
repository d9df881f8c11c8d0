package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LatencyRateTest {

    private static final Map<String, Double> PEAKS = Map.of("first", 50_000.0, "second", 40_000.0, "third", 20_000.0);

    @Test
    void the_rate_is_seventy_percent_of_the_slower_of_the_two() {
        assertThat(LatencyRate.of(PEAKS, Set.of("first", "second")).perSecond()).isEqualTo(28_000);
    }

    @Test
    void without_one_of_the_two_the_slowest_of_all_counts() {
        assertThat(LatencyRate.of(PEAKS, Set.of("first", "missing")).perSecond())
                .isEqualTo(14_000);
    }

    @Test
    void a_contender_with_a_lower_peak_cannot_sustain_the_rate() {
        LatencyRate rate = LatencyRate.of(PEAKS, Set.of("first", "second"));

        assertThat(rate.isSustainable(40_000)).isTrue();
        assertThat(rate.isSustainable(28_500)).isFalse();
        assertThat(rate.isSustainable(20_000)).isFalse();
    }
}
