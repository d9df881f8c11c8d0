package io.ratemesh.rates.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.HourOfMinutes;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinuteStoreTest {

    private static final Instant MINUTE = Instant.parse("2026-07-06T14:05:00Z");
    private static final long HOUR = HourOfMinutes.epochHour(MINUTE);

    private final MinuteStore minutes = new MinuteStore(false);

    @Test
    void the_rates_of_the_book_are_recorded_whether_they_changed_or_not() {
        RateBook book = book(rate("1.1415", "ecb", MINUTE.plus(Duration.ofHours(1))));
        minutes.record(book, MINUTE);

        HourOfMinutes hour =
                minutes.record(book, MINUTE.plus(Duration.ofMinutes(1))).orElseThrow();

        assertThat(hour.perEuro("USD", 5)).contains(new BigDecimal("1.1415"));
        assertThat(hour.perEuro("USD", 6)).contains(new BigDecimal("1.1415"));
    }

    @Test
    void a_rate_that_is_stale_is_not_recorded() {
        assertThat(minutes.record(book(rate("1.1415", "ecb", MINUTE)), MINUTE)).isEmpty();
    }

    @Test
    void simulated_rates_are_recorded_only_if_configured() {
        RateBook book = book(rate("1.1415", Rate.SIMULATED, MINUTE.plusSeconds(60)));

        assertThat(minutes.record(book, MINUTE)).isEmpty();
        assertThat(new MinuteStore(true).record(book, MINUTE))
                .hasValueSatisfying(hour -> assertThat(hour.simulated()).isTrue());
    }

    @Test
    void an_hour_of_simulated_rates_is_dropped_unless_configured() {
        HourOfMinutes simulated = hour(HOUR, true);

        assertThat(minutes.add(simulated, MINUTE)).isEmpty();
        assertThat(new MinuteStore(true).add(simulated, MINUTE)).contains(simulated);
    }

    @Test
    void minutes_of_other_nodes_are_added_and_reported_once() {
        minutes.record(book(rate("1.1415", "ecb", MINUTE.plusSeconds(60))), MINUTE);

        assertThat(minutes.add(hour(HOUR, false), MINUTE))
                .hasValueSatisfying(both -> assertThat(both.points()).isEqualTo(2));
        assertThat(minutes.add(hour(HOUR, false), MINUTE)).isEmpty();
    }

    @Test
    void the_current_hour_and_forty_eight_before_it_are_kept() {
        assertThat(minutes.add(hour(HOUR - 48, false), MINUTE)).isPresent();
        assertThat(minutes.add(hour(HOUR - 49, false), MINUTE)).isEmpty();

        minutes.add(hour(HOUR + 1, false), MINUTE.plus(Duration.ofHours(1)));

        assertThat(minutes.points().hours().map(HourOfMinutes::epochHour)).containsExactly(HOUR + 1);
    }

    @Test
    void an_hour_in_the_future_removes_none() {
        assertThat(minutes.add(hour(HOUR + 2, false), MINUTE)).isEmpty();
    }

    private static HourOfMinutes hour(long epochHour, boolean simulated) {
        return HourOfMinutes.empty(epochHour).with(0, Map.of("USD", new BigDecimal("1.14")), simulated);
    }

    private static RateBook book(Rate dollar) {
        return new RateBook(1, Map.of("USD", dollar));
    }

    private static Rate rate(String perEuro, String source, Instant staleAt) {
        return new Rate(new BigDecimal(perEuro), source, MINUTE, staleAt);
    }
}
