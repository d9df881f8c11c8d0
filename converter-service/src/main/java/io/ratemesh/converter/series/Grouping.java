package io.ratemesh.converter.series;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The days that one point of a series combines. */
public enum Grouping {
    DAY {
        @Override
        LocalDate begin(LocalDate day) {
            return day;
        }
    },
    /** Monday to Sunday (ISO 8601). */
    WEEK {
        @Override
        LocalDate begin(LocalDate day) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
    },
    MONTH {
        @Override
        LocalDate begin(LocalDate day) {
            return day.withDayOfMonth(1);
        }
    };

    /** Finds a grouping by its name in requests. */
    public static Optional<Grouping> of(String word) {
        return Arrays.stream(values())
                .filter(grouping -> grouping.word().equals(word))
                .findFirst();
    }

    /** Its name in requests and responses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the group of a day. */
    abstract LocalDate begin(LocalDate day);
}
