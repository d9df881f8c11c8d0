package io.ratemesh.benchmarks.cluster;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Generates books of all currencies, each with other rates than the one before, and targets of streams. */
public final class BookGenerator {

    private static final List<String> CODES = List.of(
            "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY",
            "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "USD", "ZAR");
    private static final int PAIRS = 5;
    private static final int SELECTIONS = 20;

    private final Instant observed = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    public RateBook book(long version) {
        Map<String, Rate> rates = new HashMap<>();
        BigDecimal perEuro = BigDecimal.valueOf(10_000 + version % 1000, 4);
        for (Currency currency : Currencies.all()) {
            if (!currency.code().equals(Currencies.EURO)) {
                rates.put(currency.code(), new Rate(perEuro, "bench", observed, observed.plus(1, ChronoUnit.DAYS)));
            }
        }
        return new RateBook(version, rates);
    }

    /** The target of a reader's stream: all pairs, or one of twenty selections of five pairs, as the UI has. */
    public static String streamTarget(int reader, boolean allPairs) {
        if (allPairs) {
            return "/api/v1/stream";
        }
        List<String> pairs = new ArrayList<>(PAIRS);
        for (int i = 0; i < PAIRS; i++) {
            pairs.add("EUR/" + CODES.get((reader % SELECTIONS + i) % CODES.size()));
        }
        return "/api/v1/stream?pairs=" + String.join(",", pairs);
    }
}
