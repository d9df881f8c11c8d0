package io.ratemesh.converter.series;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which days are one point of a series. */
public enum Grouping {
    DAY {
        @Override
        LocalDate begin(LocalDate day) {
            return day;
        }
    },
    /** Monday to Sunday, as ISO 8601 has it. */
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

    /** All words, for messages to people. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Grouping::word).toList();
    }

    /** Finds a grouping by its word. */
    public static Optional<Grouping> of(String word) {
        return Arrays.stream(values())
                .filter(grouping -> grouping.word().equals(word))
                .findFirst();
    }

    /** As it is written in requests and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the group that a day is in. */
    abstract LocalDate begin(LocalDate day);
}
