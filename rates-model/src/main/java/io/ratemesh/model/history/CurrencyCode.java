package io.ratemesh.model.history;

import io.ratemesh.model.Currencies;

/** What a column may be called. */
final class CurrencyCode {

    private CurrencyCode() {}

    /**
     * Checks a code.
     *
     * @param when the rate is of, for the message
     * @throws IllegalArgumentException where it is not three upper-case letters, or is the euro's
     */
    static String checked(Object when, String code) {
        boolean threeLetters = code.length() == 3 && code.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        if (!threeLetters || Currencies.EURO.equals(code)) {
            throw new IllegalArgumentException(
                    when + ": currency \"" + code + "\" (expected: three upper-case letters, not EUR)");
        }
        return code;
    }
}
