package io.ratemesh.benchmarks.jmh;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.DatedLegs;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.quote.PairQuote;
import io.ratemesh.model.quote.PairQuotes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lookups of historical rates by date and pair in the bundled history (Source: European Central Bank). Dates, including weekends
 * and holidays, and pairs are in random order, so that branch prediction does not help.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HistoryLookupBenchmark {

    private static final int LOOKUPS = 1 << 14;
    private static final String[] CODES = {
        "EUR", "USD", "JPY", "GBP", "CHF", "SEK", "NOK", "DKK", "CZK", "HUF", "PLN", "AUD", "CAD", "HKD", "KRW", "NZD",
        "SGD", "ZAR"
    };

    private final RateHistory history = BundledHistory.load();
    private final PairQuotes quotes = new PairQuotes(RateBook.EMPTY, history);
    private final LocalDate[] dates = new LocalDate[LOOKUPS];
    private final String[] from = new String[LOOKUPS];
    private final String[] to = new String[LOOKUPS];
    private int next;

    /** Draws the lookups, the same in each run. */
    public HistoryLookupBenchmark() {
        SplittableRandom random = new SplittableRandom(1999);
        long first = history.firstDay().orElseThrow().toEpochDay();
        long last = history.lastDay().orElseThrow().toEpochDay();
        for (int i = 0; i < LOOKUPS; i++) {
            dates[i] = LocalDate.ofEpochDay(random.nextLong(first, last + 1));
            from[i] = CODES[random.nextInt(CODES.length)];
            to[i] = CODES[random.nextInt(CODES.length)];
        }
    }

    /** Both legs on a date, or on the last day before it with rates. */
    @Benchmark
    public Optional<DatedLegs> pairOnDate() {
        int lookup = next++ & (LOOKUPS - 1);
        return history.on(from[lookup], to[lookup], dates[lookup]);
    }

    /** One rate on exactly one day. */
    @Benchmark
    public Optional<BigDecimal> rateOnDay() {
        int lookup = next++ & (LOOKUPS - 1);
        return history.perEuro(from[lookup], dates[lookup]);
    }

    /** A complete quote: valid codes, fixed conversion before market rate, date, time and sources. */
    @Benchmark
    public PairQuote quoteOnDate() {
        int lookup = next++ & (LOOKUPS - 1);
        return quotes.on(from[lookup], to[lookup], dates[lookup]);
    }
}
