package io.ratemesh.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The format of an amount: {@code digits[.digits]}, below 10^30, at most 18 decimals. Signs, exponents, grouping and white
 * space are rejected: {@code 1.127,54} is invalid and not 1.12754.
 */
public final class Amount {

    /** An amount is below ten to this power. */
    public static final int MAX_INTEGER_DIGITS = 30;

    /** The most decimals of an amount. */
    public static final int MAX_DECIMALS = 18;

    /** The accepted format, for messages. */
    public static final String EXPECTED = "digits[.digits], below 10^30, at most 18 decimals";

    /** The longest text, leading zeros included. */
    private static final int MAX_LENGTH = 64;

    private Amount() {}

    /**
     * Parses an amount.
     *
     * @return empty if the text has another format
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
