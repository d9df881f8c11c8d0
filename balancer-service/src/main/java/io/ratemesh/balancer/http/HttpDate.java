package io.ratemesh.balancer.http;

import io.vertx.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** HTTP dates (RFC 9110 §5.6.7), in whole seconds. */
public final class HttpDate {

    private static final DateTimeFormatter IMF_FIXDATE = strict("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

    /** RFC 9110 §5.6.7: a two-digit year that would be more than 50 years ahead is in the past. */
    private static final int MAX_YEARS_AHEAD = 50;

    private static final int CENTURY = 100;

    private static final DateTimeFormatter ASCTIME = strict("EEE MMM ppd HH:mm:ss uuuu");

    private static volatile Now now = Now.of(0);

    private HttpDate() {}

    /** Formats a time as IMF-fixdate. */
    public static String format(Instant time) {
        return IMF_FIXDATE.format(time.atOffset(ZoneOffset.UTC));
    }

    /** Parses any of the three formats; empty if the text is none of them. */
    public static Optional<Instant> parse(String text) {
        // Nearly all dates have the first format; the others are only tried if it fails.
        return parse(text, IMF_FIXDATE).or(() -> parse(text, ASCTIME)).or(() -> parse(text, rfc850()));
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the current second for {@code Date}, encoded once per second. */
    public static CharSequence now() {
        long second = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        Now last = now;
        if (last.second != second) {
            last = Now.of(second);
            now = last;
        }
        return last.text;
    }

    /** The century of a two-digit year depends on the current date. */
    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).plusYears(MAX_YEARS_AHEAD - CENTURY + 1))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    /** Names of days are English; the root locale has no long ones. */
    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    private record Now(long second, CharSequence text) {

        static Now of(long second) {
            return new Now(second, HttpHeaders.createOptimized(format(Instant.ofEpochSecond(second))));
        }
    }
}
