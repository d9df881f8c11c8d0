package io.ratemesh.converter.api;

import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import java.time.LocalDate;

/** Reads days from parameters whose text is a valid date. */
final class DayParameter {

    /** The first day of the ECB's reference rates. */
    static final LocalDate FIRST = LocalDate.of(1999, 1, 4);

    private DayParameter() {}

    /**
     * Reads the day of a rate.
     *
     * @param today in Frankfurt: the last valid day
     * @throws ProblemException with {@code bad-parameter}, or {@code no-rate} for a day before the first
     */
    static LocalDate withRate(String parameter, String text, LocalDate today) {
        LocalDate day = LocalDate.parse(text);
        if (day.isAfter(today)) {
            throw invalid(parameter, text, today);
        }
        if (day.isBefore(FIRST)) {
            throw Problem.of(
                            ProblemCode.NO_RATE,
                            parameter + ": there is no rate on " + day + "; the first rates are of " + FIRST)
                    .exception();
        }
        return day;
    }

    /**
     * Reads the first or last day of a range.
     *
     * @throws ProblemException with {@code bad-parameter}
     */
    static LocalDate ofRange(String parameter, String text, LocalDate today) {
        LocalDate day = LocalDate.parse(text);
        if (day.isAfter(today) || day.isBefore(FIRST)) {
            throw invalid(parameter, text, today);
        }
        return day;
    }

    private static ProblemException invalid(String parameter, String text, LocalDate today) {
        return Problem.parameter(parameter, text, "date", "a day from " + FIRST + " to " + today)
                .exception();
    }
}
