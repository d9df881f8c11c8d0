package io.ratemesh.rates.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Easter Sunday of 2026 is the 5th of April. */
class MissingDaysTest {

    private static final LocalDate THURSDAY = LocalDate.parse("2026-04-02");
    private static final LocalDate TUESDAY = LocalDate.parse("2026-04-07");
    private static final LocalDate WEDNESDAY = LocalDate.parse("2026-04-08");
    private static final Instant TUESDAY_HALF_PAST_FOUR = Instant.parse("2026-04-07T14:30:00Z");

    private final MissingDays missing = new MissingDays(THURSDAY);

    @Test
    void over_easter_nothing_is_missing() {
        assertThat(missing.first(known(THURSDAY), TUESDAY_HALF_PAST_FOUR.minusMillis(1)))
                .isEmpty();
    }

    @Test
    void half_an_hour_after_its_publication_a_day_is_missing() {
        assertThat(missing.first(known(THURSDAY), TUESDAY_HALF_PAST_FOUR)).contains(TUESDAY);
    }

    @Test
    void the_oldest_gap_is_missing_even_if_a_newer_day_is_known() {
        Instant thursdayNight = Instant.parse("2026-04-09T20:00:00Z");

        assertThat(missing.first(known(THURSDAY, WEDNESDAY), thursdayNight)).contains(TUESDAY);
    }

    @Test
    void a_day_that_the_ecbs_file_lacks_is_not_missing_again() {
        missing.markPublished(new TreeSet<>(List.of(THURSDAY, WEDNESDAY)));

        assertThat(missing.first(known(THURSDAY, WEDNESDAY), Instant.parse("2026-04-08T20:00:00Z")))
                .isEmpty();
    }

    @Test
    void a_file_that_ends_before_a_day_does_not_decide_about_it() {
        missing.markPublished(new TreeSet<>(List.of(THURSDAY)));

        assertThat(missing.first(known(THURSDAY), TUESDAY_HALF_PAST_FOUR)).contains(TUESDAY);
    }

    private static RateHistory known(LocalDate... days) {
        return RateHistory.of(Arrays.stream(days)
                .map(day -> new HistoryDay(day, Map.of("USD", BigDecimal.ONE)))
                .toList());
    }
}
