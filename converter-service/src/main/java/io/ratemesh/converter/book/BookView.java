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

/** A book and a history, with a cache of the quotes made from them. Used on one event loop. */
public final class BookView {

    /** All pairs of 160 currencies are 25,600: requests for all of them must not fill the memory. */
    private static final int MAX_CACHED_PAIRS = 4096;

    private final RateBook book;
    private final RateHistory history;
    private final PairQuotes quotes;
    private final Optional<Instant> newest;
    private final Map<String, QuoteJson> pairs = new HashMap<>();

    public BookView(RateBook book, RateHistory history) {
        this.book = book;
        this.history = history;
        this.quotes = new PairQuotes(book, history);
        this.newest = book.rates().values().stream().map(Rate::asOf).max(Comparator.naturalOrder());
    }

    public RateBook book() {
        return book;
    }

    public RateHistory history() {
        return history;
    }

    public PairQuotes quotes() {
        return quotes;
    }

    /** The version of the book; 0 before the first. */
    public long version() {
        return book.version();
    }

    public boolean isEmpty() {
        return newest.isEmpty();
    }

    /** When the newest rate was observed; empty without rates. */
    public Optional<Instant> newest() {
        return newest;
    }

    /**
     * The current quote of a pair, cached.
     *
     * @param from upper-case code
     * @param to upper-case code
     * @return null when the pair has no rate: {@link #quotes} says why
     */
    public @Nullable QuoteJson quote(String from, String to) {
        String pair = from.concat(to);
        QuoteJson kept = pairs.get(pair);
        if (kept != null || !(quotes.now(from, to) instanceof PairQuote.Priced priced)) {
            return kept;
        }
        QuoteJson made = new QuoteJson(from, to, priced, version());
        if (pairs.size() < MAX_CACHED_PAIRS) {
            pairs.put(pair, made);
        }
        return made;
    }

    public boolean anyStale(Instant now) {
        return book.rates().values().stream().anyMatch(rate -> rate.stale(now));
    }

    public boolean anySimulated() {
        return book.rates().values().stream().anyMatch(Rate::simulated);
    }
}
