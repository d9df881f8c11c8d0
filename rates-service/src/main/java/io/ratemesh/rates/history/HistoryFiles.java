package io.ratemesh.rates.history;

import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The addresses of the files of past days.
 *
 * @param ninetyDays the last 90 days, XML
 * @param all every day since 1999, a CSV file in a zip archive
 */
record HistoryFiles(URI ninetyDays, URI all) {

    private static final String DAILY = "/eurofxref-daily.xml";

    /** The first missing day is at most this old for the shorter file, which then has ten days more for comparison. */
    private static final int WITHIN_NINETY_DAYS = 80;

    /**
     * The files beside the daily one, at the ECB or at a mirror.
     *
     * @return empty if the address of the daily file has another form
     */
    static Optional<HistoryFiles> beside(URI daily) {
        String path = daily.getPath();
        return path != null && path.endsWith(DAILY) && daily.getRawQuery() == null
                ? Optional.of(
                        new HistoryFiles(daily.resolve("eurofxref-hist-90d.xml"), daily.resolve("eurofxref-hist.zip")))
                : Optional.empty();
    }

    /** The smaller file that has every day from {@code first} on. */
    URI from(LocalDate first, LocalDate today) {
        return first.isBefore(today.minusDays(WITHIN_NINETY_DAYS)) ? all : ninetyDays;
    }
}
