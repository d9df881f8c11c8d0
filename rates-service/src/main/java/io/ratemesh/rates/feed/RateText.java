package io.ratemesh.rates.feed;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses a rate as text. Some providers use exponents ({@code 1.1542839e-5}), which are limited here: {@code 1e999999999}
 * is a short text, and printing the number would exhaust the memory.
 */
public final class RateText {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,34})?([eE][+-]?[0-9]{1,2})?");

    /** The most decimals of a rate without exponent. */
    private static final int MAX_SCALE = 40;

    private RateText() {}

    /**
     * Parses a rate.
     *
     * @return the same digits, with any sign; empty if the text is not such a number
     */
    public static Optional<BigDecimal> parse(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal rate = new BigDecimal(text);
        if (rate.scale() > MAX_SCALE || rate.scale() < -MAX_SCALE) {
            return Optional.empty();
        }
        return Optional.of(rate.scale() < 0 ? rate.setScale(0) : rate);
    }
}
