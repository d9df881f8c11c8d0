package io.ratemesh.balancer.assets;

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

/** Dates as HTTP writes them (RFC 9110 §5.6.7), to the second. */
final class HttpDate {

    private static final DateTimeFormatter IMF_FIXDATE = strict("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

    /** RFC 9110 §5.6.7: a year that seems to be more than 50 years ahead is the last one that ended so. */
    private static final int MOST_YEARS_AHEAD = 50;

    private static final int CENTURY = 100;

    private static final DateTimeFormatter ASCTIME = strict("EEE MMM ppd HH:mm:ss uuuu");

    private static volatile Now now = Now.of(0);

    private HttpDate() {}

    /** As it is to be sent. */
    static String format(Instant time) {
        return IMF_FIXDATE.format(time.atOffset(ZoneOffset.UTC));
    }

    /** Reads any of the three formats; empty for what is none of them. */
    static Optional<Instant> parse(String text) {
        // Nearly all come in the first; the second is not made for them.
        return parse(text, IMF_FIXDATE).or(() -> parse(text, ASCTIME)).or(() -> parse(text, rfc850()));
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The present second, for {@code Date}; encoded once for all who ask in it. */
    static CharSequence now() {
        long second = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        Now last = now;
        if (last.second != second) {
            last = Now.of(second);
            now = last;
        }
        return last.text;
    }

    /** Which century is meant depends on the day on which it is read. */
    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).plusYears(MOST_YEARS_AHEAD - CENTURY + 1))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    /** HTTP spells the days out in English; the neutral locale has no long names. */
    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    private record Now(long second, CharSequence text) {

        static Now of(long second) {
            return new Now(second, HttpHeaders.createOptimized(format(Instant.ofEpochSecond(second))));
        }
    }
}
