package io.ratemesh.converter.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A book with the pairs that were asked for, each worked out once. Owned by one event loop. */
public final class BookView {

    /** Every pair of 160 currencies would be 25,600: whoever asks for all of them fills no memory. */
    private static final int MAX_PAIRS_KEPT = 4096;

    private final RateBook book;
    private final Optional<Instant> newest;
    private final Map<String, PairQuote> quotes = new HashMap<>();

    /** Looks at a book. */
    public BookView(RateBook book) {
        this.book = book;
        this.newest = book.rates().values().stream().map(Rate::asOf).max(Comparator.naturalOrder());
    }

    /** The book itself. */
    public RateBook book() {
        return book;
    }

    /** The version of the book; 0 before the first. */
    public long version() {
        return book.version();
    }

    /** Whether there is nothing to answer from yet. */
    public boolean isEmpty() {
        return newest.isEmpty();
    }

    /** When the newest rate was observed; empty where there is none. */
    public Optional<Instant> newest() {
        return newest;
    }

    /**
     * One pair.
     *
     * @param from upper-case code
     * @param to upper-case code
     * @return null where the book lacks one of them
     */
    public @Nullable PairQuote quote(String from, String to) {
        String pair = from.concat(to);
        PairQuote kept = quotes.get(pair);
        if (kept != null || newest.isEmpty()) {
            return kept;
        }
        PairQuote made = PairQuote.of(book, from, to, newest.get()).orElse(null);
        if (made != null && quotes.size() < MAX_PAIRS_KEPT) {
            quotes.put(pair, made);
        }
        return made;
    }

    /** Whether any rate of the book has outlived its time at {@code now}. */
    public boolean anyStale(Instant now) {
        return book.rates().values().stream().anyMatch(rate -> rate.stale(now));
    }

    /** Whether any rate of the book is made up. */
    public boolean anySimulated() {
        return book.rates().values().stream().anyMatch(Rate::simulated);
    }
}
