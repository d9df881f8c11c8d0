package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each feed last said of each currency and was believed. An answer with fewer currencies than the one before erases
 * nothing.
 */
public final class FeedQuotes {

    private final Map<String, Map<String, Rate>> byFeed = new HashMap<>();

    /** Keeps what a feed said. */
    public void hold(String feed, Map<String, Rate> rates) {
        byFeed.computeIfAbsent(feed, ignored -> new HashMap<>()).putAll(rates);
    }

    /** What a feed last said of a currency. */
    public Optional<Rate> find(String feed, String currency) {
        return Optional.ofNullable(byFeed.getOrDefault(feed, Map.of()).get(currency));
    }

    /** The currencies of which any feed said something. */
    public Set<String> currencies() {
        Set<String> currencies = new TreeSet<>();
        byFeed.values().forEach(rates -> currencies.addAll(rates.keySet()));
        return currencies;
    }
}
