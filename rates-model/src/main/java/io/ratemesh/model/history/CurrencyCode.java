package io.ratemesh.model.history;

import io.ratemesh.model.Currencies;

/** The valid names of columns. */
final class CurrencyCode {

    private CurrencyCode() {}

    /**
     * Checks a code.
     *
     * @param when the time of the rate, for the message
     * @throws IllegalArgumentException unless the code is three upper-case letters and not that of the euro
     */
    static String checked(Object when, String code) {
        boolean threeLetters = code.length() == 3 && code.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        if (!threeLetters || Currencies.EURO.equals(code)) {
            throw new IllegalArgumentException(
                    when + ": currency \"" + code + "\"; must be three upper-case letters, not EUR");
        }
        return code;
    }
}
