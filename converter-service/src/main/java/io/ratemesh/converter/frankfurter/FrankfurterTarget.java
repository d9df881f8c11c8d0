package io.ratemesh.converter.frankfurter;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path asks for. */
sealed interface FrankfurterTarget {

    /** What all paths begin with, but the one that is this without its slash. */
    String PREFIX = "/v1/";

    /** {@code /v1} and {@code /v1/}: what is here. */
    record Root() implements FrankfurterTarget {}

    /** {@code /v1/openapi.json}. */
    record Document() implements FrankfurterTarget {}

    /** {@code /v1/latest}, and {@code /v1/current}, which is older. */
    record Latest() implements FrankfurterTarget {}

    /** {@code /v1/currencies}. */
    record Names() implements FrankfurterTarget {}

    /** {@code /v1/2020-01-02}, which may be to come: then it is the newest one. */
    record Day(LocalDate date) implements FrankfurterTarget {}

    /**
     * {@code /v1/2020-01-01..2020-01-31}.
     *
     * @param last empty where the range is open: {@code /v1/2020-01-01..}
     */
    record Range(LocalDate first, Optional<LocalDate> last) implements FrankfurterTarget {}

    /**
     * Reads a path.
     *
     * @throws FrankfurterError with 404 for another path, 422 for a day that is none
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

    /** Whether a path is one of these, whatever follows. */
    static boolean at(String path) {
        return path.startsWith(PREFIX) || (path.length() == PREFIX.length() - 1 && PREFIX.startsWith(path));
    }

    private static FrankfurterTarget days(String rest) {
        Matcher days = Spelling.DAYS.matcher(rest);
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

    /** Kept apart, for a field of an interface is public. */
    final class Spelling {

        private static final Pattern DAYS =
                Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(\\.\\.(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?)?");

        private Spelling() {}
    }
}
