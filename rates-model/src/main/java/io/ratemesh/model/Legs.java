package io.ratemesh.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The two rates of a conversion, each in units per euro. A result is amount × to ÷ from: one exact multiplication, then one
 * division to the scale of the result. No intermediate quotient or inverse is rounded, so triangles and reciprocals agree.
 *
 * @param from units of the first currency per euro, above zero
 * @param to units of the second currency per euro, above zero
 */
public record Legs(BigDecimal from, BigDecimal to) {

    /** 34 significant digits, half-even: the precision of a displayed rate and of a result at full scale. */
    public static final MathContext FULL = MathContext.DECIMAL128;

    public Legs {
        if (from.signum() <= 0 || to.signum() <= 0) {
            throw new IllegalArgumentException("legs: " + from + " and " + to + " per euro; must be > 0");
        }
    }

    /**
     * Converts an amount.
     *
     * @param amount in the first currency, with any sign
     * @param scale decimals of the result
     * @param rounding of the division
     * @return the amount in the second currency, with exactly {@code scale} decimals
     */
    public BigDecimal convert(BigDecimal amount, int scale, RoundingMode rounding) {
        return amount.multiply(to).divide(from, scale, rounding);
    }

    /**
     * Converts an amount at full scale.
     *
     * @param amount in the first currency, with any sign
     * @param rounding of the 34th significant digit
     * @return the amount in the second currency, 34 significant digits without trailing zeros
     */
    public BigDecimal convertFully(BigDecimal amount, RoundingMode rounding) {
        MathContext digits = new MathContext(FULL.getPrecision(), rounding);
        return stripped(amount.multiply(to).divide(from, digits));
    }

    /** Units of the second currency for one of the first, to 34 significant digits; for display only, not for results. */
    public BigDecimal rate() {
        return stripped(to.divide(from, FULL));
    }

    private static BigDecimal stripped(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
