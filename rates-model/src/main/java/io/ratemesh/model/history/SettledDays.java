package io.ratemesh.model.history;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.TargetCalendar;
import java.time.LocalDate;

/** Whether what a history says of past days can still change: a cache may keep for good only what cannot. */
public final class SettledDays {

    /**
     * From then on there are rates on exactly the working days of {@link TargetCalendar}; the last days of 1999 and of 2001
     * were none. Of the years before, the bundled history lacks nothing.
     */
    private static final LocalDate CALENDAR_HOLDS_SINCE = LocalDate.of(2002, 1, 1);

    private SettledDays() {}

    /**
     * Whether a range is past and lacks no day on which the ECB published: one that is missing may still be fetched, and
     * then answers for the days after it change as well.
     *
     * @param firstDay of the range
     * @param lastDay of the range, included; the day before {@code firstDay} where the range is empty
     * @param today where the ECB is
     */
    public static boolean settled(RateHistory history, LocalDate firstDay, LocalDate lastDay, LocalDate today) {
        if (!lastDay.isBefore(today)) {
            return false;
        }
        LocalDate from = firstDay.isBefore(CALENDAR_HOLDS_SINCE) ? CALENDAR_HOLDS_SINCE : firstDay;
        return lastDay.isBefore(from)
                || from.datesUntil(lastDay.plusDays(1)).noneMatch(day -> mayStillCome(history, day));
    }

    private static boolean mayStillCome(RateHistory history, LocalDate day) {
        return history.perEuro(Currencies.EURO, day).isEmpty() && TargetCalendar.isWorkingDay(day);
    }
}
