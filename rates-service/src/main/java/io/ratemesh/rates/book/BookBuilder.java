package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.rates.book.QuoteConsensus.Judgement;
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
 * Makes the next book from the last one and what the feeds said. A currency of which no feed says anything that is
 * believed keeps its last rate, whatever its age.
 */
public final class BookBuilder {

    private final QuoteConsensus agreement;
    private final RateChoice choice;
    private final Clock clock;

    public BookBuilder(QuoteConsensus agreement, RateChoice choice, Clock clock) {
        this.agreement = agreement;
        this.choice = choice;
        this.clock = clock;
    }

    /**
     * Makes the next book.
     *
     * @param last the newest book
     * @param held what the feeds said
     * @return empty where its content would be the last one's
     */
    public Optional<RateBook> build(RateBook last, LatestQuotes held) {
        Instant now = clock.instant();
        Set<String> currencies = new TreeSet<>(last.rates().keySet());
        currencies.addAll(held.currencies());
        Map<String, Rate> rates = new HashMap<>();
        for (String currency : currencies) {
            List<Rate> candidates = candidates(currency, last.rate(currency), held, now);
            if (!candidates.isEmpty()) {
                rates.put(currency, choice.choose(candidates, now));
            }
        }
        RateBook next = new RateBook(RateBook.nextVersion(last.version(), clock.millis()), rates);
        return next.sameContent(last) ? Optional.empty() : Optional.of(next);
    }

    /** The same content once more: for a rate that has turned stale, of which readers of a stream must hear. */
    public RateBook again(RateBook last) {
        return new RateBook(RateBook.nextVersion(last.version(), clock.millis()), last.rates());
    }

    /** The quotes of one feed that do not go into a book after {@code last}, by currency. */
    public Map<String, RejectionReason> heldBack(String feed, RateBook last, LatestQuotes held) {
        Instant now = clock.instant();
        Map<String, RejectionReason> heldBack = new TreeMap<>();
        for (String currency : held.currencies()) {
            RejectionReason reason = agreement
                    .judge(currency, last.rate(currency), held, now)
                    .held()
                    .get(feed);
            if (reason != null) {
                heldBack.put(currency, reason);
            }
        }
        return heldBack;
    }

    private List<Rate> candidates(String currency, Optional<Rate> last, LatestQuotes held, Instant now) {
        Judgement judgement = agreement.judge(currency, last, held, now);
        List<Rate> candidates = new ArrayList<>(judgement.believed());
        // After the feeds: where a feed said it again, with a new time to live, the new one counts.
        last.filter(rate -> candidates.isEmpty() || !judgement.lastOutvoted()).ifPresent(candidates::add);
        return candidates;
    }
}
