package io.ratemesh.balancer.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http.Timeouts;
import io.ratemesh.balancer.http1.TimeoutTracker.Expected;
import io.ratemesh.balancer.http1.TimeoutTracker.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sweep is every second here. */
class TimeoutTrackerTest {

    private static final long NONE = 0;

    private final TimeoutTracker timeouts = new TimeoutTracker(0);
    private final Timeouts limits = Timeouts.DEFAULT;
    private long seconds;

    @Test
    void a_connection_without_a_first_request_is_closed() {
        assertThat(timeOf(Expected.FIRST_REQUEST, NONE, Result.CLOSE)).isEqualTo(11);
    }

    @Test
    void a_head_that_is_not_complete_in_time_is_rejected() {
        assertThat(timeOf(Expected.REST_OF_HEAD, NONE, Result.HEAD_TIMEOUT)).isEqualTo(11);
    }

    @Test
    void a_body_is_rejected_when_it_stops_arriving() {
        inTime(Expected.BODY, NONE, 20);
        timeouts.restart(nanos(20));
        assertThat(timeOf(Expected.BODY, NONE, Result.BODY_TIMEOUT)).isEqualTo(51);
    }

    @Test
    void a_body_that_was_paused_has_its_whole_time_again() {
        inTime(Expected.NOTHING, NONE, 100);
        assertThat(timeOf(Expected.BODY, NONE, Result.BODY_TIMEOUT)).isEqualTo(131);
    }

    @Test
    void an_idle_connection_is_closed() {
        assertThat(timeOf(Expected.NEXT_REQUEST, NONE, Result.CLOSE)).isEqualTo(61);
    }

    @Test
    void a_client_that_still_reads_the_last_response_is_not_idle() {
        for (int part = 1; part <= 10; part++) {
            inTime(Expected.NEXT_REQUEST, part, 20);
        }
        assertThat(timeOf(Expected.NEXT_REQUEST, NONE, Result.CLOSE)).isEqualTo(261);
    }

    @ParameterizedTest
    @EnumSource(names = {"NEXT_REQUEST", "BODY", "NOTHING"})
    void a_client_that_reads_nothing_is_closed_whatever_is_expected(Expected expected) {
        inTime(Expected.NOTHING, 7, 29);
        inTime(Expected.NOTHING, 8, 1);
        timeouts.restart(nanos(30));
        assertThat(timeOf(expected, 8, Result.CLOSE)).isEqualTo(61);
    }

    @Test
    void a_late_response_and_a_silent_stream_are_limited_by_the_pool_alone() {
        inTime(Expected.NOTHING, NONE, 3600);
    }

    @Test
    void a_client_that_has_to_close_is_closed_after_a_while_whatever_it_reads() {
        assertThat(timeOf(Expected.CLOSE, 7, Result.CLOSE)).isEqualTo(2);
    }

    /** Runs so many sweeps, none of which finds a timeout. */
    private void inTime(Expected expected, long outbound, long sweeps) {
        for (long last = seconds + sweeps; seconds < last; ) {
            seconds++;
            assertThat(timeouts.check(expected, outbound, limits, nanos(seconds)))
                    .as("after %s s", seconds)
                    .isEqualTo(Result.IN_TIME);
        }
    }

    /** The seconds from the begin to the first result that is not IN_TIME. */
    private long timeOf(Expected expected, long outbound, Result wanted) {
        Result found = Result.IN_TIME;
        while (found == Result.IN_TIME && seconds < 10_000) {
            seconds++;
            found = timeouts.check(expected, outbound, limits, nanos(seconds));
        }
        assertThat(found).isEqualTo(wanted);
        return seconds;
    }

    private static long nanos(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
