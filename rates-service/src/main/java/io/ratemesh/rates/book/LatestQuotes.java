package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The last valid quote of each feed for each currency, accepted or not, and for how long the feed has given about the same
 * rate. A response with fewer currencies than the one before removes none.
 */
public final class LatestQuotes {

    private final JumpLimit limit;
    private final Map<String, Map<String, Quote>> byFeed = new HashMap<>();
    private final Map<String, Instant> lastResponse = new HashMap<>();
    private final Set<String> polled = new HashSet<>();

    private record Quote(Rate rate, Instant since) {}

    public LatestQuotes(JumpLimit limit) {
        this.limit = limit;
    }

    /** Copies the quotes of some feeds, for a change of rules. */
    void copyFrom(LatestQuotes other, Collection<String> feeds) {
        for (String feed : feeds) {
            byFeed.put(feed, new HashMap<>(other.byFeed.getOrDefault(feed, Map.of())));
            if (other.isPolled(feed)) {
                polled.add(feed);
            }
            Instant last = other.lastResponse.get(feed);
            if (last != null) {
                lastResponse.put(feed, last);
            }
        }
    }

    /** Keeps the quotes of a response that arrived at {@code now}. */
    void put(String feed, Map<String, Rate> rates, Instant now) {
        Map<String, Quote> quotes = byFeed.computeIfAbsent(feed, ignored -> new HashMap<>());
        rates.forEach((currency, rate) -> {
            Instant since = Optional.ofNullable(quotes.get(currency))
                    .filter(before -> limit.agrees(before.rate().perEuro(), rate.perEuro()))
                    .map(Quote::since)
                    .orElse(now);
            quotes.put(currency, new Quote(rate, since));
        });
        confirm(feed, now);
    }

    /** Records that a feed reported no change at {@code now}. */
    void confirm(String feed, Instant now) {
        lastResponse.put(feed, now);
        polled.add(feed);
    }

    /** Records that a poll of a feed has ended, whatever its result. */
    void markPolled(String feed) {
        polled.add(feed);
    }

    /** Whether a poll of the feed has ended at least once. */
    boolean isPolled(String feed) {
        return polled.contains(feed);
    }

    /** The last quote of a feed for a currency. */
    Optional<Rate> find(String feed, String currency) {
        return Optional.ofNullable(byFeed.getOrDefault(feed, Map.of()).get(currency))
                .map(Quote::rate);
    }

    /** For how long, up to its last response, the feed has given about the same rate for the currency. */
    Duration stableFor(String feed, String currency) {
        Quote quote = byFeed.getOrDefault(feed, Map.of()).get(currency);
        Instant last = lastResponse.get(feed);
        return quote == null || last == null ? Duration.ZERO : Duration.between(quote.since(), last);
    }

    /** The number of currencies a feed has quoted. */
    int count(String feed) {
        return byFeed.getOrDefault(feed, Map.of()).size();
    }

    /** The currencies that any feed has quoted. */
    Set<String> currencies() {
        Set<String> currencies = new TreeSet<>();
        byFeed.values().forEach(quotes -> currencies.addAll(quotes.keySet()));
        return currencies;
    }
}
