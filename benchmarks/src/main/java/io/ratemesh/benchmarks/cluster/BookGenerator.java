package io.ratemesh.benchmarks.cluster;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Generates books, each with other rates than the one before, and targets of streams. */
public final class BookGenerator {

    private static final List<String> CODES = List.of(
            "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY",
            "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "USD", "ZAR");
    private static final int PAIRS = 5;

    /** The number of different selections of pairs that readers have. */
    public static final int SELECTIONS = 20;

    private final Instant observed = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<String> currencies;

    /** All currencies. */
    public BookGenerator() {
        this(Integer.MAX_VALUE);
    }

    /**
     * A number of currencies, the euro not counted. Those of the selections come first.
     *
     * @param count at most as many as ISO 4217 has
     */
    public BookGenerator(int count) {
        currencies = Stream.concat(CODES.stream(), Currencies.all().stream().map(Currency::code))
                .filter(code -> !code.equals(Currencies.EURO))
                .distinct()
                .limit(count)
                .toList();
    }

    public RateBook book(long version) {
        Map<String, Rate> rates = new HashMap<>();
        BigDecimal perEuro = BigDecimal.valueOf(10_000 + version % 1000, 4);
        for (String code : currencies) {
            rates.put(code, new Rate(perEuro, "bench", observed, observed.plus(1, ChronoUnit.DAYS)));
        }
        return new RateBook(version, rates);
    }

    /** The target of a reader's stream: all pairs, or one of twenty selections of five pairs, as the UI has. */
    public static String streamTarget(int reader, boolean allPairs) {
        if (allPairs) {
            return "/api/v1/stream";
        }
        return "/api/v1/stream?pairs="
                + selection(reader).stream().map(code -> "EUR/" + code).collect(Collectors.joining(","));
    }

    /** The currencies that a reader has selected, each as a pair with the euro. */
    public static List<String> selection(int reader) {
        return IntStream.range(0, PAIRS)
                .mapToObj(i -> CODES.get((reader % SELECTIONS + i) % CODES.size()))
                .toList();
    }
}
