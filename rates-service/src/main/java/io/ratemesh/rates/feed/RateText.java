package io.ratemesh.rates.feed;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a rate as providers spell it. Some use exponents ({@code 1.1542839e-5}), which are bounded here: {@code
 * 1e999999999} is a short text and a number that fills the memory as soon as someone prints it.
 */
public final class RateText {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,34})?([eE][+-]?[0-9]{1,2})?");

    /** Decimals that a rate has at most once its exponent is written out. */
    private static final int MAX_SCALE = 40;

    private RateText() {}

    /**
     * Reads a rate.
     *
     * @param text as the provider wrote it
     * @return the same digits, of any sign; empty where it is no such number
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
