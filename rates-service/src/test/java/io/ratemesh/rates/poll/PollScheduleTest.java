package io.ratemesh.rates.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.book.CircuitState;
import io.ratemesh.node.book.FeedStatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

    private static final Instant T = Instant.parse("2026-07-06T14:00:00Z");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final PollSchedule schedule = new PollSchedule(
            "ecb",
            TEN_MINUTES,
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), TEN_MINUTES, new SplittableRandom(1)));

    @Test
    void a_feed_that_was_never_polled_is_due_at_once() {
        assertThat(schedule.untilNext(T)).isZero();
    }

    @Test
    void a_feed_being_polled_is_not_due_for_a_new_leader() {
        schedule.started(T);
        PollSchedule next = new PollSchedule(
                "ecb",
                TEN_MINUTES,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), TEN_MINUTES, new SplittableRandom(2)));

        next.restore(schedule.report());

        assertThat(next.untilNext(T.plusSeconds(60))).isEqualTo(TEN_MINUTES.minusSeconds(60));
    }

    @Test
    void the_interval_is_from_start_to_start() {
        schedule.started(T);
        schedule.succeeded(T.plusSeconds(15), 29, Optional.empty());

        assertThat(schedule.untilNext(T.plusSeconds(15))).isEqualTo(TEN_MINUTES.minusSeconds(15));
    }

    @Test
    void a_response_slower_than_the_interval_makes_the_feed_due_now() {
        schedule.started(T);
        schedule.unchanged(T.plus(TEN_MINUTES).plusSeconds(1));

        assertThat(schedule.untilNext(T.plus(TEN_MINUTES).plusSeconds(1))).isZero();
    }

    @Test
    void a_failed_poll_is_repeated_soon() {
        schedule.started(T);
        assertThat(schedule.failed(T, "status 500", Optional.empty())).isTrue();

        assertThat(schedule.untilNext(T)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(schedule.report().lastError()).contains("status 500");
    }

    @Test
    void only_the_first_failure_and_the_first_success_are_reported() {
        assertThat(schedule.failed(T, "a", Optional.empty())).isTrue();
        assertThat(schedule.failed(T, "b", Optional.empty())).isFalse();
        assertThat(schedule.succeeded(T, 29, Optional.empty())).isTrue();
        assertThat(schedule.succeeded(T, 29, Optional.empty())).isFalse();
    }

    @Test
    void retry_after_is_respected() {
        schedule.failed(T, "status 429", Optional.of(Duration.ofMinutes(20)));

        assertThat(schedule.untilNext(T)).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void a_success_clears_the_error() {
        schedule.failed(T, "status 500", Optional.empty());
        schedule.started(T);
        schedule.succeeded(T, 29, Optional.empty());

        assertThat(schedule.report())
                .isEqualTo(new FeedStatusReport(
                        "ecb", Optional.of(T), Optional.of(T), Optional.of(T.plus(TEN_MINUTES)), Optional.empty(), 29));
    }

    @Test
    void a_new_leader_does_not_repeat_a_recent_poll() {
        schedule.restore(new FeedStatusReport(
                "ecb", Optional.of(T), Optional.of(T), Optional.of(T.plus(TEN_MINUTES)), Optional.empty(), 29));

        assertThat(schedule.untilNext(T.plusSeconds(60))).isEqualTo(Duration.ofMinutes(9));
        assertThat(schedule.report().currencies()).isEqualTo(29);
    }

    @Test
    void a_feed_that_failed_under_the_old_leader_recovers_under_the_new_one() {
        schedule.restore(new FeedStatusReport(
                "ecb", Optional.of(T), Optional.empty(), Optional.of(T), Optional.of("status 500"), 0));

        assertThat(schedule.succeeded(T, 29, Optional.empty())).isTrue();
    }

    @Test
    void a_clock_set_back_by_a_year_does_not_delay_a_poll_by_a_year() {
        schedule.started(T);
        schedule.succeeded(T, 29, Optional.empty());

        assertThat(schedule.untilNext(T.minus(Duration.ofDays(365)))).isLessThanOrEqualTo(RetryAfter.LONGEST);
    }

    @Test
    void after_five_failures_the_circuit_opens() {
        for (int failure = 1; failure < 5; failure++) {
            schedule.failed(T, "status 500", Optional.empty());
            assertThat(schedule.report().circuit()).isEqualTo(CircuitState.CLOSED);
        }

        schedule.failed(T, "status 500", Optional.empty());

        assertThat(schedule.report().circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(schedule.untilNext(T)).isBetween(TEN_MINUTES.dividedBy(2), TEN_MINUTES);
    }

    @Test
    void an_open_circuit_is_probed_once_and_opens_again_on_failure() {
        open();

        schedule.started(T);
        assertThat(schedule.report().circuit()).isEqualTo(CircuitState.HALF_OPEN);

        schedule.failed(T, "status 500", Optional.empty());
        assertThat(schedule.report().circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(schedule.untilNext(T)).isGreaterThanOrEqualTo(TEN_MINUTES.dividedBy(2));
    }

    @Test
    void a_successful_probe_closes_the_circuit() {
        open();
        schedule.started(T);

        schedule.unchanged(T);

        assertThat(schedule.report().circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(schedule.untilNext(T)).isEqualTo(TEN_MINUTES);
    }

    @Test
    void a_new_leader_keeps_an_open_circuit() {
        open();
        PollSchedule next = new PollSchedule(
                "ecb",
                TEN_MINUTES,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), TEN_MINUTES, new SplittableRandom(2)));

        next.restore(schedule.report());
        next.started(T);
        next.failed(T, "status 500", Optional.empty());

        assertThat(next.report().circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void a_feed_is_polled_soon_after_the_announced_update() {
        Instant update = T.plus(Duration.ofHours(10));
        schedule.started(T);
        schedule.succeeded(T, 160, Optional.of(update));

        assertThat(schedule.untilNext(T))
                .isBetween(Duration.ofHours(10), Duration.ofHours(10).plusMinutes(1));
    }

    @Test
    void an_announced_update_too_soon_or_too_late_is_ignored() {
        for (Duration hint : List.of(Duration.ofMinutes(-5), Duration.ofMinutes(5), Duration.ofDays(400))) {
            schedule.started(T);
            schedule.succeeded(T, 160, Optional.of(T.plus(hint)));

            assertThat(schedule.untilNext(T)).isEqualTo(TEN_MINUTES);
        }
    }

    private void open() {
        for (int failure = 0; failure < 5; failure++) {
            schedule.failed(T, "status 500", Optional.empty());
        }
    }
}
