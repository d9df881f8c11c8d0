package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.rates.book.QuoteConsensus.Decision;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds the next book from the last one and the latest quotes. A currency without an accepted quote keeps its last rate,
 * whatever its age.
 */
public final class BookBuilder {

    private final QuoteConsensus consensus;
    private final RateChoice choice;
    private final Clock clock;

    public BookBuilder(QuoteConsensus consensus, RateChoice choice, Clock clock) {
        this.consensus = consensus;
        this.choice = choice;
        this.clock = clock;
    }

    /**
     * Builds the next book.
     *
     * @param last the newest book
     * @return empty if its content would be the same as that of the last one
     */
    public Optional<RateBook> build(RateBook last, LatestQuotes quotes) {
        Instant now = clock.instant();
        Set<String> currencies = new TreeSet<>(last.rates().keySet());
        currencies.addAll(quotes.currencies());
        Map<String, Rate> rates = new HashMap<>();
        for (String currency : currencies) {
            List<Rate> candidates = candidates(currency, last.rate(currency), quotes, now);
            if (!candidates.isEmpty()) {
                rates.put(currency, choice.choose(candidates, now));
            }
        }
        RateBook next = new RateBook(RateBook.nextVersion(last.version(), clock.millis()), rates);
        return next.sameContent(last) ? Optional.empty() : Optional.of(next);
    }

    /** The same content under a new version: readers of a stream learn from it that a rate has turned stale. */
    public RateBook renew(RateBook last) {
        return new RateBook(RateBook.nextVersion(last.version(), clock.millis()), last.rates());
    }

    /** The quotes of one feed that are kept out of a book after {@code last}, by currency. */
    public Map<String, RejectionReason> heldBack(String feed, RateBook last, LatestQuotes quotes) {
        Instant now = clock.instant();
        Map<String, RejectionReason> heldBack = new TreeMap<>();
        for (String currency : quotes.currencies()) {
            RejectionReason reason = consensus
                    .decide(currency, last.rate(currency), quotes, now)
                    .heldBack()
                    .get(feed);
            if (reason != null) {
                heldBack.put(currency, reason);
            }
        }
        return heldBack;
    }

    private List<Rate> candidates(String currency, Optional<Rate> last, LatestQuotes quotes, Instant now) {
        Decision decision = consensus.decide(currency, last, quotes, now);
        List<Rate> candidates = new ArrayList<>(decision.accepted());
        // The last rate comes after the quotes: an equal quote with a later expiry takes precedence.
        last.filter(rate -> candidates.isEmpty() || !decision.lastOutvoted()).ifPresent(candidates::add);
        return candidates;
    }
}
