package io.ratemesh.balancer.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http.Timeouts;
import io.ratemesh.balancer.http1.TimeoutTracker.Awaited;
import io.ratemesh.balancer.http1.TimeoutTracker.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is overdue, and when; a sweep looks every second here. */
class TimeoutTrackerTest {

    private static final long NOTHING = 0;

    private final TimeoutTracker pace = new TimeoutTracker(0);
    private final Timeouts patience = Timeouts.DEFAULT;
    private long seconds;

    @Test
    void a_first_head_that_does_not_begin_in_time_is_over() {
        assertThat(timeOf(Awaited.FIRST_HEAD, NOTHING, Verdict.OVER)).isEqualTo(11);
    }

    @Test
    void a_head_that_does_not_end_in_time_is_too_slow() {
        assertThat(timeOf(Awaited.REST_OF_HEAD, NOTHING, Verdict.HEAD_TOO_SLOW)).isEqualTo(11);
    }

    @Test
    void a_body_is_too_slow_if_none_of_it_comes() {
        look(Awaited.BODY, NOTHING, 20);
        pace.begins(nanos(20));
        assertThat(timeOf(Awaited.BODY, NOTHING, Verdict.BODY_TOO_SLOW)).isEqualTo(51);
    }

    @Test
    void a_body_that_is_held_back_has_its_time_anew_afterwards() {
        look(Awaited.THIS_SIDE, NOTHING, 100);
        assertThat(timeOf(Awaited.BODY, NOTHING, Verdict.BODY_TOO_SLOW)).isEqualTo(131);
    }

    @Test
    void a_connection_kept_alive_is_over_after_its_time() {
        assertThat(timeOf(Awaited.NEXT_HEAD, NOTHING, Verdict.OVER)).isEqualTo(61);
    }

    @Test
    void whoever_reads_the_last_answer_still_is_not_idle_yet() {
        for (int part = 1; part <= 10; part++) {
            look(Awaited.NEXT_HEAD, part, 20);
        }
        assertThat(timeOf(Awaited.NEXT_HEAD, NOTHING, Verdict.OVER)).isEqualTo(261);
    }

    @ParameterizedTest
    @EnumSource(names = {"NEXT_HEAD", "BODY", "THIS_SIDE"})
    void whoever_takes_nothing_of_what_is_for_it_is_cut_whatever_is_awaited(Awaited awaited) {
        look(Awaited.THIS_SIDE, 7, 29);
        look(Awaited.THIS_SIDE, 8, 1);
        pace.begins(nanos(30));
        assertThat(timeOf(awaited, 8, Verdict.OVER)).isEqualTo(61);
    }

    @Test
    void a_response_may_begin_late_and_a_stream_may_be_silent_for_as_long_as_its_pool_lets_it() {
        look(Awaited.THIS_SIDE, NOTHING, 3600);
    }

    @Test
    void a_client_that_is_to_leave_is_left_after_a_while_whatever_it_takes() {
        assertThat(timeOf(Awaited.GOODBYE, 7, Verdict.OVER)).isEqualTo(2);
    }

    /** Lets so many sweeps find nothing. */
    private void look(Awaited awaited, long outbound, long sweeps) {
        for (long last = seconds + sweeps; seconds < last; ) {
            seconds++;
            assertThat(pace.look(awaited, outbound, patience, nanos(seconds)))
                    .as("after %s s", seconds)
                    .isEqualTo(Verdict.IN_TIME);
        }
    }

    /** In seconds from the begin. */
    private long timeOf(Awaited awaited, long outbound, Verdict wanted) {
        Verdict found = Verdict.IN_TIME;
        while (found == Verdict.IN_TIME && seconds < 10_000) {
            seconds++;
            found = pace.look(awaited, outbound, patience, nanos(seconds));
        }
        assertThat(found).isEqualTo(wanted);
        return seconds;
    }

    private static long nanos(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
