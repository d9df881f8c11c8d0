package io.ratemesh.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The one spelling of an amount that is read from outside: {@code digits[.digits]}, below 10^30, at most 18 decimals. No
 * sign, exponent, grouping or white space, so that {@code 1.127,54} is refused and not read as 1.12754.
 */
public final class Amount {

    /** An amount is below ten to this power. */
    public static final int MAX_INTEGER_DIGITS = 30;

    /** Decimals an amount has at most. */
    public static final int MAX_DECIMALS = 18;

    /** What is accepted, for messages to people. */
    public static final String EXPECTED = "digits[.digits], below 10^30, at most 18 decimals";

    /** Leading zeros do no harm but are not read without end either. */
    private static final int MAX_LENGTH = 64;

    private Amount() {}

    /**
     * Reads an amount.
     *
     * @param text what a user wrote
     * @return empty where it is not spelled as above
     */
    public static Optional<BigDecimal> parse(String text) {
        int length = text.length();
        int point = -1;
        if (length == 0 || length > MAX_LENGTH) {
            return Optional.empty();
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c < '0' || c > '9') {
                return Optional.empty();
            }
        }
        int integerEnd = point < 0 ? length : point;
        int decimals = point < 0 ? 0 : length - point - 1;
        if (integerEnd == 0 || point == length - 1 || decimals > MAX_DECIMALS) {
            return Optional.empty();
        }
        BigDecimal amount = new BigDecimal(text);
        return amount.precision() - amount.scale() > MAX_INTEGER_DIGITS ? Optional.empty() : Optional.of(amount);
    }
}
