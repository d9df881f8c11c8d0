package io.ratemesh.converter.stream;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.CurrencyPair;
import io.ratemesh.model.RateBook;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which pairs a reader wants. Two readers that want the same, in whatever order they say it, have equal filters.
 *
 * @param pairs in the order of their names, each once; empty for every currency against the euro
 */
public record PairFilter(List<CurrencyPair> pairs) {

    /** Every currency against the euro. */
    public static final PairFilter ALL = new PairFilter(List.of());

    /**
     * Reads what a user wrote.
     *
     * @param text {@code EUR/USD,USD/JPY}
     * @param book the rates: a pair without one is unknown, for nothing would ever be heard of it
     * @param maxPairs how many pairs there may be
     * @return empty where one is not two different currencies that have a rate, or there are too many
     */
    public static Optional<PairFilter> parse(String text, RateBook book, int maxPairs) {
        String[] words = text.split(",", -1);
        if (words.length > maxPairs) {
            return Optional.empty();
        }
        TreeMap<String, CurrencyPair> pairs = new TreeMap<>();
        for (String word : words) {
            Optional<CurrencyPair> pair = CurrencyPair.parse(word)
                    .filter(p -> !p.from().equals(p.to()))
                    .filter(p -> PairState.of(book, p, Instant.MIN).isPresent());
            if (pair.isEmpty()) {
                return Optional.empty();
            }
            pairs.put(pair.get().toString(), pair.get());
        }
        return Optional.of(new PairFilter(List.copyOf(pairs.values())));
    }

    /** The pairs themselves, given what there is. */
    public Collection<CurrencyPair> in(RateBook book) {
        return pairs.isEmpty()
                ? book.rates().keySet().stream()
                        .map(code -> new CurrencyPair(Currencies.EURO, code))
                        .toList()
                : pairs;
    }
}
