package io.ratemesh.converter.api;

import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Days as they are asked for. */
final class DayParameter {

    /** The first day of the ECB's reference rates. */
    static final LocalDate FIRST = LocalDate.of(1999, 1, 4);

    private static final int LENGTH = "2026-04-12".length();

    private DayParameter() {}

    /**
     * Reads a day of the history.
     *
     * @param today where the ECB is: the last day that may be asked for
     * @throws ProblemException with {@code bad-parameter}, or {@code no-rate} for a day before the first
     */
    static LocalDate read(String parameter, String text, LocalDate today) {
        LocalDate day = spelled(parameter, text, today);
        if (day.isBefore(FIRST)) {
            throw Problem.of(
                            ProblemCode.NO_RATE,
                            parameter + ": there is no rate on " + day + "; the first ones are of " + FIRST)
                    .refusal();
        }
        return day;
    }

    /**
     * Reads an end of a span of days.
     *
     * @throws ProblemException with {@code bad-parameter}, also for a day before the first
     */
    static LocalDate named(String parameter, String text, LocalDate today) {
        LocalDate day = spelled(parameter, text, today);
        if (day.isBefore(FIRST)) {
            throw Problem.parameter(parameter, text, "a day from " + FIRST + " to " + today)
                    .refusal();
        }
        return day;
    }

    /**
     * Reads a day that is not to come.
     *
     * @throws ProblemException with {@code bad-parameter}
     */
    static LocalDate spelled(String parameter, String text, LocalDate today) {
        String expected = "a day up to " + today + ", as 2026-04-12";
        try {
            LocalDate day = text.length() == LENGTH ? LocalDate.parse(text) : LocalDate.MAX;
            if (!day.isAfter(today) && text.charAt(0) >= '0') {
                return day;
            }
        } catch (DateTimeParseException e) {
            // As wrong as a day to come.
        }
        throw Problem.parameter(parameter, text, expected).refusal();
    }
}
