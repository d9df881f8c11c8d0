package io.ratemesh.systemtests.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A day's reference rates as the ECB publishes them.
 *
 * @param date the day
 * @param xml the file
 */
public record EcbDay(LocalDate date, String xml) {

    private static final String FILE = "/ecb-eurofxref-daily-2026-07-06.xml";

    /** The real file of 2026-07-06. */
    public static EcbDay published() {
        try (InputStream file = Objects.requireNonNull(EcbDay.class.getResourceAsStream(FILE), FILE)) {
            return new EcbDay(LocalDate.of(2026, 7, 6), new String(file.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same rates a day later. */
    public EcbDay nextDay() {
        LocalDate next = date.plusDays(1);
        return new EcbDay(next, replaced("time='" + date + "'", "time='" + next + "'"));
    }

    /** The day with another rate of one currency. */
    public EcbDay with(String currency, String rate) {
        return new EcbDay(date, xml.replaceFirst(rateOf(currency), "$1" + rate + "$2"));
    }

    /** The rate of one currency as it stands in the file. */
    public String rate(String currency) {
        return xml.replaceFirst("(?s).*currency='" + currency + "' rate='([^']*)'.*", "$1");
    }

    private static String rateOf(String currency) {
        return "(currency='" + currency + "' rate=')[^']*(')";
    }

    private String replaced(String before, String after) {
        if (!xml.contains(before)) {
            throw new IllegalStateException("the file holds no " + before);
        }
        return xml.replace(before, after);
    }
}
