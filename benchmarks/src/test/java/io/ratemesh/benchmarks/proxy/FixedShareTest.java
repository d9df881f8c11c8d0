package io.ratemesh.benchmarks.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FixedShareTest {

    private static final Map<String, Double> PEAKS = Map.of("ours", 50_000.0, "theirs", 40_000.0, "third", 20_000.0);

    @Test
    void it_is_seventy_percent_of_the_slower_of_the_two() {
        assertThat(FixedShare.of(PEAKS, Set.of("ours", "theirs")).perSecond()).isEqualTo(28_000);
    }

    @Test
    void without_the_two_it_is_of_the_slowest_of_all() {
        assertThat(FixedShare.of(PEAKS, Set.of("ours", "nobody")).perSecond()).isEqualTo(14_000);
    }

    @Test
    void who_cannot_hold_the_rate_is_not_asked_for_it() {
        FixedShare share = FixedShare.of(PEAKS, Set.of("ours", "theirs"));

        assertThat(share.isWithin(40_000)).isTrue();
        assertThat(share.isWithin(28_500)).isFalse();
        assertThat(share.isWithin(20_000)).isFalse();
    }
}
