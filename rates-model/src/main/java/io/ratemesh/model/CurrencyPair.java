package io.ratemesh.model;

import java.util.Optional;

/**
 * A pair of known currencies, such as {@code EUR/USD}: units of the second for one unit of the first.
 *
 * @param from upper-case code
 * @param to upper-case code
 */
public record CurrencyPair(String from, String to) {

    /**
     * Parses {@code EUR/USD}, in any case.
     *
     * @return empty unless the text is two codes of ISO 4217 with a slash between
     */
    public static Optional<CurrencyPair> parse(String text) {
        if (text.length() != 7 || text.charAt(3) != '/') {
            return Optional.empty();
        }
        Optional<Currency> from = Currencies.find(text.substring(0, 3));
        Optional<Currency> to = Currencies.find(text.substring(4));
        return from.flatMap(f -> to.map(t -> new CurrencyPair(f.code(), t.code())));
    }

    @Override
    public String toString() {
        return from + "/" + to;
    }
}
