package io.ratemesh.model.history;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.TargetCalendar;
import java.time.LocalDate;

/** Decides whether the rates of past days can still change; a cache may keep only final ones for good. */
public final class SettledDays {

    /**
     * From this day on there are rates on exactly the working days of {@link TargetCalendar}; the last days of 1999 and of 2001
     * were exceptions. For the years before the bundled history is complete.
     */
    private static final LocalDate CALENDAR_HOLDS_SINCE = LocalDate.of(2002, 1, 1);

    private SettledDays() {}

    /**
     * Whether a range is in the past and has every day on which the ECB published. A missing day may still be fetched, which also
     * changes the rates of the days after it.
     *
     * @param firstDay of the range
     * @param lastDay of the range, included; the day before {@code firstDay} if the range is empty
     * @param today in Frankfurt
     */
    public static boolean settled(RateHistory history, LocalDate firstDay, LocalDate lastDay, LocalDate today) {
        if (!lastDay.isBefore(today)) {
            return false;
        }
        LocalDate from = firstDay.isBefore(CALENDAR_HOLDS_SINCE) ? CALENDAR_HOLDS_SINCE : firstDay;
        return lastDay.isBefore(from) || from.datesUntil(lastDay.plusDays(1)).noneMatch(day -> isMissing(history, day));
    }

    private static boolean isMissing(RateHistory history, LocalDate day) {
        return history.perEuro(Currencies.EURO, day).isEmpty() && TargetCalendar.isWorkingDay(day);
    }
}
