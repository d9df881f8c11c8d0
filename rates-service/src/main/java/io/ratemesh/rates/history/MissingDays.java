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

/** Which days the ECB has published and a history lacks. */
final class MissingDays {

    /** By then the daily feed has usually brought the day itself. */
    static final Duration GRACE = Duration.ofMinutes(30);

    private final LocalDate complete;

    /** Working days that the ECB has passed over, as its own file shows. */
    private final Set<LocalDate> neverPublished = new HashSet<>();

    /**
     * Nothing is known to be missing yet.
     *
     * @param complete up to this day no history lacks any
     */
    MissingDays(LocalDate complete) {
        this.complete = complete;
    }

    /** The oldest day that is missing; empty where none is that had to be there {@link #GRACE} after 16:00. */
    Optional<LocalDate> first(RateHistory known, Instant now) {
        for (LocalDate day = complete.plusDays(1); due(day, now); day = day.plusDays(1)) {
            if (TargetCalendar.isWorkingDay(day) && !has(known, day) && !neverPublished.contains(day)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    /**
     * A file was read and believed: a day that lies between its days and is not among them is not missed any more.
     *
     * @param days those of the file
     */
    void published(SortedSet<LocalDate> days) {
        if (!days.isEmpty()) {
            days.first()
                    .datesUntil(days.last())
                    .filter(day -> !days.contains(day))
                    .forEach(neverPublished::add);
        }
    }

    private static boolean due(LocalDate day, Instant now) {
        return !TargetCalendar.publication(day).plus(GRACE).isAfter(now);
    }

    private static boolean has(RateHistory history, LocalDate day) {
        return history.dayOnOrBefore(day).filter(day::equals).isPresent();
    }
}
