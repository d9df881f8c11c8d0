package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the next book of the last one and what the feeds said since. A currency of which none says anything keeps its
 * last good rate; nothing is invented.
 */
public final class BookBuilder {

    private final RateChoice choice;
    private final Clock clock;

    public BookBuilder(RateChoice choice, Clock clock) {
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
    public Optional<RateBook> build(RateBook last, FeedQuotes held) {
        Instant now = clock.instant();
        Set<String> currencies = new TreeSet<>(last.rates().keySet());
        currencies.addAll(held.currencies());
        Map<String, Rate> rates = new HashMap<>();
        for (String currency : currencies) {
            rates.put(currency, choice.choose(candidates(currency, last, held), now));
        }
        RateBook next = new RateBook(RateBook.nextVersion(last.version(), clock.millis()), rates);
        return next.sameContent(last) ? Optional.empty() : Optional.of(next);
    }

    /** The same content once more: for a rate that has turned stale, of which readers of a stream must hear. */
    public RateBook again(RateBook last) {
        return new RateBook(RateBook.nextVersion(last.version(), clock.millis()), last.rates());
    }

    private List<Rate> candidates(String currency, RateBook last, FeedQuotes held) {
        List<Rate> candidates = new ArrayList<>();
        for (String feed : choice.order()) {
            held.find(feed, currency).ifPresent(candidates::add);
        }
        // After the feeds: where a feed said it again, with a new time to live, the new one counts.
        last.rate(currency).ifPresent(candidates::add);
        return candidates;
    }
}
