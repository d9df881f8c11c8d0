package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.ProblemException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The day or days that a path names after {@code /v1/}. */
sealed interface FrankfurterTarget {

    /** {@code 2020-01-02}. A day in the future stands for the newest one. */
    record Day(LocalDate date) implements FrankfurterTarget {}

    /**
     * {@code 2020-01-01..2020-01-31}.
     *
     * @param last empty when the range is open: {@code 2020-01-01..}
     */
    record Range(LocalDate first, Optional<LocalDate> last) implements FrankfurterTarget {}

    /**
     * Reads the rest of a path.
     *
     * @throws ProblemException with 404 for anything else, 422 for a date that is not valid
     */
    static FrankfurterTarget of(String rest) {
        Matcher days = Syntax.DAYS.matcher(rest);
        if (!days.matches()) {
            throw FrankfurterError.notFound();
        }
        LocalDate first = day(days.group("first"));
        if (days.group("dots") == null) {
            return new Day(first);
        }
        return new Range(first, Optional.ofNullable(days.group("last")).map(FrankfurterTarget::day));
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

        private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
        private static final Pattern DAYS =
                Pattern.compile("(?<first>" + DAY + ")(?<dots>\\.\\.(?<last>" + DAY + ")?)?");

        private Syntax() {}
    }
}
