package io.ratemesh.balancer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.SlowStart.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlowStartTest {

    private static final Duration TOTAL = Duration.ofSeconds(10);

    private final SlowStart slowStart = new SlowStart();
    private long now = -3_000_000_000L;

    SlowStartTest() {
        slowStart.begin(now);
    }

    @Test
    void without_news_it_follows_the_clock() {
        assertThat(percentAfterSeconds(0)).isEqualTo(10);
        assertThat(percentAfterSeconds(5)).isEqualTo(55);
        assertThat(percentAfterSeconds(5)).isEqualTo(100);
    }

    @Test
    void as_fast_as_its_peers_it_has_its_full_weight_after_four_comparisons() {
        for (int expected : new int[] {20, 40, 80}) {
            pace(Pace.RAISED);
            assertThat(percentAfterSeconds(0)).isEqualTo(expected);
            assertThat(slowStart.isOver(TOTAL, now)).isFalse();
        }
        pace(Pace.RAISED);
        assertThat(slowStart.isOver(TOTAL, now)).isTrue();
    }

    @Test
    void while_it_is_much_slower_it_gets_little_until_the_end_is_near() {
        pace(Pace.HELD);
        assertThat(percentAfterSeconds(3)).isEqualTo(12);
        assertThat(percentAfterSeconds(2)).isEqualTo(21);
        assertThat(percentAfterSeconds(4)).isEqualTo(75);
        assertThat(percentAfterSeconds(1)).isEqualTo(100);
    }

    @Test
    void its_weight_never_shrinks() {
        pace(Pace.RAISED);
        pace(Pace.RAISED);
        pace(Pace.HELD);
        assertThat(percentAfterSeconds(0)).isEqualTo(40);
        assertThat(percentAfterSeconds(5)).isEqualTo(40);
        pace(Pace.BY_CLOCK);
        assertThat(percentAfterSeconds(0)).isEqualTo(55);
        pace(Pace.HELD);
        assertThat(percentAfterSeconds(0)).isEqualTo(55);
    }

    @Test
    void it_may_begin_later_and_again() {
        pace(Pace.RAISED);
        slowStart.begin(now + Duration.ofSeconds(5).toNanos());
        assertThat(percentAfterSeconds(5)).isEqualTo(10);
        assertThat(percentAfterSeconds(5)).isEqualTo(55);
    }

    @ParameterizedTest
    @EnumSource
    void without_a_time_it_is_over_at_once(Pace pace) {
        slowStart.setPace(pace, Duration.ZERO, now);
        assertThat(slowStart.percent(Duration.ZERO, now)).isEqualTo(100);
    }

    private void pace(Pace pace) {
        slowStart.setPace(pace, TOTAL, now);
    }

    private int percentAfterSeconds(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        return slowStart.percent(TOTAL, now);
    }
}
