package io.ratemesh.rates.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Duration FLOOR = Duration.ofMillis(100);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration CAP = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "6, 32000", "7, 60000", "8, 60000", "64, 60000", "2147483647, 60000"})
    void the_delay_stays_between_the_floor_and_a_bound_that_doubles(int failures, long boundMillis) {
        Backoff backoff = new Backoff(FLOOR, FIRST, CAP, new SplittableRandom(failures));

        for (int draw = 0; draw < 1000; draw++) {
            assertThat(backoff.after(failures)).isBetween(FLOOR, Duration.ofMillis(boundMillis));
        }
    }

    @Test
    void the_jitter_is_full_from_one_end_to_the_other() {
        Backoff backoff = new Backoff(FLOOR, FIRST, CAP, new SplittableRandom(1));
        Set<Long> tenths = new HashSet<>();

        for (int draw = 0; draw < 1000; draw++) {
            tenths.add(backoff.after(10).toMillis() / 6001);
        }

        assertThat(tenths).hasSize(10);
    }

    @Test
    void contradicting_bounds_are_rejected() {
        SplittableRandom random = new SplittableRandom(1);
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, FIRST, CAP, random))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(FLOOR, CAP, FIRST, random)).isInstanceOf(IllegalArgumentException.class);
    }
}
