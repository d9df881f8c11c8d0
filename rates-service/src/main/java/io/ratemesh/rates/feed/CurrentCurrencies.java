package io.ratemesh.rates.feed;

import io.ratemesh.model.Currencies;
import java.util.Set;

/**
 * The codes that a feed may speak of: ISO 4217's of today. Several feeds mix them with cryptocurrencies, with codes that
 * were withdrawn long ago and are served at their last rate for ever, and with codes of their own.
 */
final class CurrentCurrencies {

    /** ISO 4217 keeps one code for tests and one for no currency at all. */
    private static final Set<String> NO_CURRENCIES = Set.of("XTS", "XXX");

    private CurrentCurrencies() {}

    /** Whether the code, in upper case, is one of a currency in use. */
    static boolean contains(String code) {
        return !NO_CURRENCIES.contains(code)
                && Currencies.find(code)
                        .filter(currency -> currency.code().equals(code))
                        .filter(currency -> currency.withdrawn().isEmpty())
                        .isPresent();
    }
}
