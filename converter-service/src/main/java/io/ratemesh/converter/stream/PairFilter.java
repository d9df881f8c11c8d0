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
 * The pairs of a reader. Filters of the same pairs are equal, in whatever order they are given.
 *
 * @param pairs sorted by name, without duplicates; empty for every currency against the euro
 */
public record PairFilter(List<CurrencyPair> pairs) {

    /** Every currency against the euro. */
    public static final PairFilter ALL = new PairFilter(List.of());

    /**
     * Reads the parameter {@code pairs}.
     *
     * @param text {@code EUR/USD,USD/JPY}
     * @param book a pair without a rate in it is invalid, since it would never have an event
     * @param maxPairs the limit
     * @return empty when a pair is not two different currencies with rates, or there are too many
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

    /** The pairs, given the currencies of a book. */
    public Collection<CurrencyPair> in(RateBook book) {
        return pairs.isEmpty()
                ? book.rates().keySet().stream()
                        .map(code -> new CurrencyPair(Currencies.EURO, code))
                        .toList()
                : pairs;
    }
}
