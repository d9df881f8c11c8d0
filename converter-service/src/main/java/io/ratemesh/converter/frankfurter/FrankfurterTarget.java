package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.ProblemException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path below {@code /v1} names. */
sealed interface FrankfurterTarget {

    /** The beginning of all paths but {@code /v1}. */
    String PREFIX = "/v1/";

    /** {@code /v1} and {@code /v1/}. */
    record Root() implements FrankfurterTarget {}

    /** {@code /v1/openapi.json}. */
    record Document() implements FrankfurterTarget {}

    /** {@code /v1/latest}, and its older name {@code /v1/current}. */
    record Latest() implements FrankfurterTarget {}

    /** {@code /v1/currencies}. */
    record Names() implements FrankfurterTarget {}

    /** {@code /v1/2020-01-02}. A day in the future stands for the newest one. */
    record Day(LocalDate date) implements FrankfurterTarget {}

    /**
     * {@code /v1/2020-01-01..2020-01-31}.
     *
     * @param last empty when the range is open: {@code /v1/2020-01-01..}
     */
    record Range(LocalDate first, Optional<LocalDate> last) implements FrankfurterTarget {}

    /**
     * Reads a path.
     *
     * @throws ProblemException with 404 for another path, 422 for a date that is not valid
     */
    static FrankfurterTarget of(String path) {
        String rest = path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : "";
        return switch (rest) {
            case "" -> new Root();
            case "openapi.json" -> new Document();
            case "latest", "current" -> new Latest();
            case "currencies" -> new Names();
            default -> days(rest);
        };
    }

    private static FrankfurterTarget days(String rest) {
        Matcher days = Syntax.DAYS.matcher(rest);
        if (!days.matches()) {
            throw FrankfurterError.notFound();
        }
        LocalDate first = day(days.group(1));
        return days.group(2) == null ? new Day(first) : new Range(first, last(days.group(2)));
    }

    private static Optional<LocalDate> last(String dotsAndDay) {
        String day = dotsAndDay.substring("..".length());
        return day.isEmpty() ? Optional.empty() : Optional.of(day(day));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw FrankfurterError.unprocessable("invalid date");
        }
    }

    /** Apart, because a field of an interface is public. */
    final class Syntax {

        private static final Pattern DAYS =
                Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(\\.\\.(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?)?");

        private Syntax() {}
    }
}
