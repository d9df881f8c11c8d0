package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VersionClockTest {

    private static final long BEGIN = 1_795_990_557_754L;

    @Test
    void two_nodes_never_have_the_same_millisecond() {
        assertThat(LongStream.range(BEGIN, BEGIN + 100).map(now -> at(now, "rates-1")))
                .doesNotContainAnyElementsOf(LongStream.range(BEGIN, BEGIN + 100)
                        .map(now -> at(now, "rates-2"))
                        .boxed()
                        .toList());
    }

    @Test
    void it_is_at_most_fifteen_milliseconds_ahead_and_never_goes_back() {
        long before = 0;
        for (long now = BEGIN; now < BEGIN + 100; now++) {
            long shown = at(now, "rates-1");
            assertThat(shown).isBetween(now, now + 15).isGreaterThanOrEqualTo(before);
            before = shown;
        }
    }

    private static long at(long millis, String node) {
        return new VersionClock(Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC), node).millis();
    }
}
