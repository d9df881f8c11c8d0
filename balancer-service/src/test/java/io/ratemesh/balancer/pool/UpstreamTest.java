package io.ratemesh.balancer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class UpstreamTest {

    private static final int RISE = 2;
    private static final int FALL = 3;

    private final Upstream upstream =
            new Upstream("converter-1", "127.0.0.1", 9101, RISE, FALL, InstantSource.fixed(Instant.EPOCH));

    @Test
    void a_newcomer_gets_no_requests_before_its_first_check_passed() {
        assertThat(upstream.availability().takesRequests()).isFalse();

        fails();
        assertThat(upstream.availability()).isEqualTo(Availability.CHECKING);

        passes();
        assertThat(upstream.availability()).isEqualTo(Availability.UP);
    }

    @Test
    void one_that_is_up_goes_down_after_as_many_failed_checks_in_a_row_as_fall_says() {
        passes();
        fails();
        fails();
        passes();
        fails();
        fails();
        assertThat(upstream.availability()).isEqualTo(Availability.UP);

        fails();
        assertThat(upstream.availability()).isEqualTo(Availability.DOWN);
        assertThat(upstream.timesDown()).isEqualTo(1);
        assertThat(upstream.checksFailed()).isEqualTo(5);
    }

    @Test
    void one_that_is_down_comes_back_after_as_many_passed_checks_in_a_row_as_rise_says() {
        passes();
        upstream.refused();
        passes();
        fails();
        passes();
        assertThat(upstream.availability()).isEqualTo(Availability.DOWN);

        passes();
        assertThat(upstream.availability()).isEqualTo(Availability.UP);
    }

    @Test
    void a_refused_connect_takes_it_down_at_once() {
        passes();

        upstream.refused();

        assertThat(upstream.availability()).isEqualTo(Availability.DOWN);
    }

    @Test
    void a_second_report_of_the_same_failure_changes_nothing_and_it_still_comes_back() {
        passes();
        upstream.refused();
        upstream.refused();
        passes();
        upstream.refused();

        passes();
        assertThat(upstream.availability()).isEqualTo(Availability.UP);
        assertThat(upstream.timesDown()).isEqualTo(1);
    }

    @Test
    void one_that_leaves_gets_nothing_whatever_its_checks_say_until_it_stays_after_all() {
        passes();
        upstream.drain();
        passes();
        passes();
        assertThat(upstream.availability()).isEqualTo(Availability.DRAINING);

        upstream.undrain();
        assertThat(upstream.availability()).isEqualTo(Availability.CHECKING);
        passes();
        assertThat(upstream.availability()).isEqualTo(Availability.UP);
    }

    private void passes() {
        upstream.checked(new CheckOutcome(Instant.EPOCH, true, 200, Duration.ofMillis(1), ""));
    }

    private void fails() {
        upstream.checked(new CheckOutcome(Instant.EPOCH, false, 503, Duration.ofMillis(1), "status 503"));
    }
}
