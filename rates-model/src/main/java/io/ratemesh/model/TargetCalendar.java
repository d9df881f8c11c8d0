package io.ratemesh.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The working days of the Eurosystem's TARGET services, on which the ECB publishes its reference rates: Monday to Friday
 * except New Year's Day, Good Friday, Easter Monday, 1 May, 25 and 26 December (ECB decision of 14 December 2000).
 */
public final class TargetCalendar {

    /** The time zone of the ECB. */
    public static final ZoneId FRANKFURT = ZoneId.of("Europe/Berlin");

    /** The approximate hour of publication in {@link #FRANKFURT}. */
    private static final int PUBLICATION_HOUR = 16;

    private TargetCalendar() {}

    /** Whether the ECB publishes on that day. */
    public static boolean isWorkingDay(LocalDate day) {
        DayOfWeek weekday = day.getDayOfWeek();
        if (weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY) {
            return false;
        }
        Month month = day.getMonth();
        int date = day.getDayOfMonth();
        boolean fixedHoliday = (month == Month.JANUARY && date == 1)
                || (month == Month.MAY && date == 1)
                || (month == Month.DECEMBER && (date == 25 || date == 26));
        LocalDate easter = easterSunday(day.getYear());
        return !fixedHoliday && !day.equals(easter.minusDays(2)) && !day.equals(easter.plusDays(1));
    }

    /** The time of the reference rates of a day. */
    public static Instant publication(LocalDate day) {
        return day.atTime(PUBLICATION_HOUR, 0).atZone(FRANKFURT).toInstant();
    }

    /**
     * The time that lies {@code hours} of working days after {@code start}. Days without publication do not count: a Friday's
     * rate is not stale on Sunday.
     *
     * @param hours above zero
     */
    public static Instant plusWorkingTime(Instant start, Duration hours) {
        ZonedDateTime at = start.atZone(FRANKFURT);
        Duration remaining = hours;
        while (true) {
            ZonedDateTime midnight = at.toLocalDate().plusDays(1).atStartOfDay(FRANKFURT);
            if (isWorkingDay(at.toLocalDate())) {
                Duration today = Duration.between(at, midnight);
                if (remaining.compareTo(today) <= 0) {
                    return at.plus(remaining).toInstant();
                }
                remaining = remaining.minus(today);
            }
            at = midnight;
        }
    }

    /** The Gregorian computus of Meeus, Jones and Butcher. */
    private static LocalDate easterSunday(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int monthAndDay = h + l - 7 * m + 114;
        return LocalDate.of(year, monthAndDay / 31, monthAndDay % 31 + 1);
    }
}
