package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetCalendarTest {

    private static final Duration STALE_AFTER = Duration.ofHours(26);

    @ParameterizedTest
    @CsvSource({
        "2000-04-21, 2000-04-24",
        "2008-03-21, 2008-03-24",
        "2011-04-22, 2011-04-25",
        "2019-04-19, 2019-04-22",
        "2024-03-29, 2024-04-01",
        "2025-04-18, 2025-04-21",
        "2026-04-03, 2026-04-06",
        "2027-03-26, 2027-03-29",
        "2038-04-23, 2038-04-26"
    })
    void nothing_is_published_on_good_friday_and_easter_monday(LocalDate goodFriday, LocalDate easterMonday) {
        assertThat(TargetCalendar.isWorkingDay(goodFriday)).isFalse();
        assertThat(TargetCalendar.isWorkingDay(easterMonday)).isFalse();
        assertThat(TargetCalendar.isWorkingDay(goodFriday.minusDays(1))).isTrue();
        assertThat(TargetCalendar.isWorkingDay(easterMonday.plusDays(1))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01", "2026-05-01", "2025-12-25", "2025-12-26", "2026-07-04", "2026-07-05"})
    void nothing_is_published_on_holidays_and_weekends(LocalDate day) {
        assertThat(TargetCalendar.isWorkingDay(day)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-02", "2026-01-06", "2025-12-24", "2025-12-31", "2026-05-14", "2026-10-30"})
    void national_holidays_are_working_days(LocalDate day) {
        assertThat(TargetCalendar.isWorkingDay(day)).isTrue();
    }

    @Test
    void publication_is_at_four_in_frankfurt_summer_and_winter() {
        assertThat(TargetCalendar.publication(LocalDate.parse("2026-07-06"))).isEqualTo("2026-07-06T14:00:00Z");
        assertThat(TargetCalendar.publication(LocalDate.parse("2026-01-07"))).isEqualTo("2026-01-07T15:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-06, 2026-07-07T16:00:00Z",
        "2026-07-03, 2026-07-06T16:00:00Z",
        // Over Easter, and over the change to summer time.
        "2026-04-02, 2026-04-07T16:00:00Z",
        "2026-03-27, 2026-03-30T16:00:00Z",
        // Christmas Eve of 2026 is a Thursday: the two holidays and the weekend do not count.
        "2026-12-24, 2026-12-28T17:00:00Z"
    })
    void a_rate_is_fresh_for_twenty_six_hours_of_working_days(LocalDate day, Instant staleAt) {
        assertThat(TargetCalendar.plusWorkingTime(TargetCalendar.publication(day), STALE_AFTER))
                .isEqualTo(staleAt);
    }

    @Test
    void fridays_rate_is_not_stale_on_sunday() {
        Instant friday = TargetCalendar.publication(LocalDate.parse("2026-07-03"));
        Rate rate = new Rate(BigDecimal.ONE, "ecb", friday, TargetCalendar.plusWorkingTime(friday, STALE_AFTER));

        assertThat(rate.stale(Instant.parse("2026-07-05T20:00:00Z"))).isFalse();
        assertThat(rate.stale(Instant.parse("2026-07-06T15:59:59Z"))).isFalse();
        assertThat(rate.stale(Instant.parse("2026-07-06T16:00:00Z"))).isTrue();
    }

    @Test
    void a_count_that_starts_on_a_saturday_starts_on_monday() {
        Instant saturday = Instant.parse("2026-07-04T10:00:00Z");

        assertThat(TargetCalendar.plusWorkingTime(saturday, Duration.ofHours(1)))
                .isEqualTo("2026-07-05T23:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 24, 26, 100, 1000})
    void a_longer_time_never_ends_sooner(int hours) {
        for (LocalDate day = LocalDate.parse("2026-03-20");
                day.isBefore(LocalDate.parse("2026-04-20"));
                day = day.plusDays(1)) {
            Instant start = TargetCalendar.publication(day);
            Instant end = TargetCalendar.plusWorkingTime(start, Duration.ofHours(hours));

            assertThat(Duration.between(start, end)).isGreaterThanOrEqualTo(Duration.ofHours(hours));
            assertThat(TargetCalendar.plusWorkingTime(start, Duration.ofHours(hours + 1)))
                    .isAfter(end);
        }
    }
}
