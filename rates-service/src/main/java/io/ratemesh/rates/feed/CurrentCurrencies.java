package io.ratemesh.rates.feed;

import io.ratemesh.model.Currencies;
import java.util.Set;

/**
 * The codes that are accepted from a feed: those in use according to ISO 4217. Several feeds also have cryptocurrencies,
 * withdrawn codes at their last rate, and codes of their own.
 */
final class CurrentCurrencies {

    /** ISO 4217 has one code for tests and one for no currency. */
    private static final Set<String> NO_CURRENCIES = Set.of("XTS", "XXX");

    private CurrentCurrencies() {}

    /** Whether the upper-case code is of a currency in use. */
    static boolean contains(String code) {
        return !NO_CURRENCIES.contains(code)
                && Currencies.find(code)
                        .filter(currency -> currency.code().equals(code))
                        .filter(currency -> currency.withdrawn().isEmpty())
                        .isPresent();
    }
}
