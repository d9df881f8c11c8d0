package io.ratemesh.rates.feed;

import java.net.URI;

/** The addresses of the reference rates of the European Central Bank. */
public final class EcbFiles {

    /** The newest day, read by {@link EcbXml}. */
    public static final URI DAILY = URI.create("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml");

    /** The last 90 days, about 70 kB, read by {@link EcbXml}. */
    public static final URI NINETY_DAYS =
            URI.create("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml");

    /** Every day since 1999-01-04, about 600 kB, read by {@link EcbHistoryZip}. */
    public static final URI HISTORY = URI.create("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip");

    private EcbFiles() {}
}
