package io.ratemesh.rates.history;

import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Where the files of past days are: beside the daily one.
 *
 * @param ninetyDays the days of the last 90, XML
 * @param whole every day since 1999, a csv in an archive
 */
record HistoryFiles(URI ninetyDays, URI whole) {

    private static final String DAILY = "/eurofxref-daily.xml";

    /** Ten days before its end the shorter file still has working days by which to know that it is right. */
    private static final int WITHIN_NINETY_DAYS = 80;

    /**
     * The files beside a daily one, at the ECB or at a mirror of it.
     *
     * @return empty where the address is of another shape: nobody knows then what lies beside it
     */
    static Optional<HistoryFiles> beside(URI daily) {
        String path = daily.getPath();
        return path != null && path.endsWith(DAILY) && daily.getRawQuery() == null
                ? Optional.of(
                        new HistoryFiles(daily.resolve("eurofxref-hist-90d.xml"), daily.resolve("eurofxref-hist.zip")))
                : Optional.empty();
    }

    /** The smallest file that has every day from {@code first} on. */
    URI from(LocalDate first, LocalDate today) {
        return first.isBefore(today.minusDays(WITHIN_NINETY_DAYS)) ? whole : ninetyDays;
    }
}
