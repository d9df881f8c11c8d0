package io.ratemesh.converter.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.quote.PairQuote;
import io.ratemesh.model.quote.PairQuotes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A book beside a history, with the pairs that were asked for, each worked out once. Owned by one event loop. */
public final class BookView {

    /** Every pair of 160 currencies would be 25,600: whoever asks for all of them fills no memory. */
    private static final int MAX_PAIRS_KEPT = 4096;

    private final RateBook book;
    private final RateHistory history;
    private final PairQuotes quotes;
    private final Optional<Instant> newest;
    private final Map<String, QuoteJson> pairs = new HashMap<>();

    /** Looks at a book and a history. */
    public BookView(RateBook book, RateHistory history) {
        this.book = book;
        this.history = history;
        this.quotes = new PairQuotes(book, history);
        this.newest = book.rates().values().stream().map(Rate::asOf).max(Comparator.naturalOrder());
    }

    /** The book itself. */
    public RateBook book() {
        return book;
    }

    /** The history beside it. */
    public RateHistory history() {
        return history;
    }

    /** At what any pair converts, or why it does not. */
    public PairQuotes quotes() {
        return quotes;
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
     * One pair, worked out once.
     *
     * @param from upper-case code
     * @param to upper-case code
     * @return null where it does not convert now: {@link #quotes} says why
     */
    public @Nullable QuoteJson quote(String from, String to) {
        String pair = from.concat(to);
        QuoteJson kept = pairs.get(pair);
        if (kept != null || !(quotes.now(from, to) instanceof PairQuote.Priced priced)) {
            return kept;
        }
        QuoteJson made = new QuoteJson(from, to, priced, version());
        if (pairs.size() < MAX_PAIRS_KEPT) {
            pairs.put(pair, made);
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
