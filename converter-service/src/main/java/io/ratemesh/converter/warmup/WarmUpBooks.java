package io.ratemesh.converter.warmup;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Books for the warm-up, with the magnitudes and digits of real ones. */
final class WarmUpBooks {

    private static final String SOURCE = "warm-up";
    private static final Duration FRESH = Duration.ofDays(1);

    private static final Map<String, String> PER_EURO = Map.ofEntries(
            Map.entry("AUD", "1.6342"),
            Map.entry("BRL", "6.1873"),
            Map.entry("CAD", "1.5664"),
            Map.entry("CHF", "0.9381"),
            Map.entry("CNY", "8.2095"),
            Map.entry("CZK", "24.713"),
            Map.entry("DKK", "7.4608"),
            Map.entry("GBP", "0.86215"),
            Map.entry("HKD", "8.9402"),
            Map.entry("HUF", "392.48"),
            Map.entry("IDR", "18642.37"),
            Map.entry("ILS", "3.9517"),
            Map.entry("INR", "98.1045"),
            Map.entry("JPY", "185.31"),
            Map.entry("KRW", "1604.52"),
            Map.entry("MXN", "21.3376"),
            Map.entry("NOK", "11.8265"),
            Map.entry("NZD", "1.8127"),
            Map.entry("PLN", "4.2553"),
            Map.entry("RON", "5.0761"),
            Map.entry("SEK", "11.1438"),
            Map.entry("SGD", "1.4819"),
            Map.entry("THB", "37.264"),
            Map.entry("TRY", "47.0128"),
            Map.entry("USD", "1.1415"),
            Map.entry("ZAR", "20.3341"));

    private WarmUpBooks() {}

    /** A book in which some rates differ from those of the version before. */
    static RateBook version(long version, Instant now) {
        Map<String, Rate> rates = new HashMap<>();
        PER_EURO.forEach((code, perEuro) -> {
            BigDecimal change = BigDecimal.valueOf(Math.floorMod(code.hashCode() + version, 5), 5);
            rates.put(code, new Rate(new BigDecimal(perEuro).add(change), SOURCE, now, now.plus(FRESH)));
        });
        return new RateBook(version, rates);
    }
}
