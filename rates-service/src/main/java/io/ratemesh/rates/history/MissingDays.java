package io.ratemesh.rates.history;

import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.RateHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** Finds the days that the ECB has published and a history lacks. */
final class MissingDays {

    /** The time that the daily feed usually needs to deliver a new day. */
    static final Duration GRACE = Duration.ofMinutes(30);

    private final LocalDate complete;

    /** Working days without rates, according to the ECB's own file. */
    private final Set<LocalDate> neverPublished = new HashSet<>();

    /**
     * Creates it.
     *
     * @param complete no history lacks a day up to this one
     */
    MissingDays(LocalDate complete) {
        this.complete = complete;
    }

    /** The oldest missing day; a day is due {@link #GRACE} after 16:00 in Frankfurt. */
    Optional<LocalDate> first(RateHistory known, Instant now) {
        for (LocalDate day = complete.plusDays(1); isDue(day, now); day = day.plusDays(1)) {
            if (TargetCalendar.isWorkingDay(day) && !has(known, day) && !neverPublished.contains(day)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    /**
     * Records the days of an accepted file: a day between them that the file lacks was never published.
     *
     * @param days the days of the file
     */
    void markPublished(SortedSet<LocalDate> days) {
        if (!days.isEmpty()) {
            days.first()
                    .datesUntil(days.last())
                    .filter(day -> !days.contains(day))
                    .forEach(neverPublished::add);
        }
    }

    private static boolean isDue(LocalDate day, Instant now) {
        return !TargetCalendar.publication(day).plus(GRACE).isAfter(now);
    }

    private static boolean has(RateHistory history, LocalDate day) {
        return history.dayOnOrBefore(day).filter(day::equals).isPresent();
    }
}
