package io.ratemesh.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What a conversion is made of: how many units of either currency one euro is worth. A result is amount × to ÷ from: one
 * exact multiplication, then one division straight to the wanted scale. Neither the quotient of the legs nor an inverse
 * is ever rounded on the way, which is what makes triangles and reciprocals agree.
 *
 * @param from units per euro of what is given, above zero
 * @param to units per euro of what is wanted, above zero
 */
public record Legs(BigDecimal from, BigDecimal to) {

    /** 34 significant digits, half-even: what is shown of a rate, and what a result at full scale has. */
    public static final MathContext FULL = MathContext.DECIMAL128;

    public Legs {
        if (from.signum() <= 0 || to.signum() <= 0) {
            throw new IllegalArgumentException("legs: " + from + " and " + to + " per euro (expected: > 0)");
        }
    }

    /**
     * Converts an amount.
     *
     * @param amount in the first currency, of any sign
     * @param scale decimals of the result
     * @param rounding how the one division rounds
     * @return the amount in the second currency, with exactly {@code scale} decimals
     */
    public BigDecimal convert(BigDecimal amount, int scale, RoundingMode rounding) {
        return amount.multiply(to).divide(from, scale, rounding);
    }

    /**
     * Converts an amount without a scale.
     *
     * @param amount in the first currency, of any sign
     * @param rounding how the 34th significant digit rounds
     * @return the amount in the second currency, 34 significant digits, zeros at the end stripped
     */
    public BigDecimal convertFully(BigDecimal amount, RoundingMode rounding) {
        MathContext digits = new MathContext(FULL.getPrecision(), rounding);
        return stripped(amount.multiply(to).divide(from, digits));
    }

    /** Units of the second currency for one of the first, to 34 significant digits: for show, no result goes through it. */
    public BigDecimal rate() {
        return stripped(to.divide(from, FULL));
    }

    private static BigDecimal stripped(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
