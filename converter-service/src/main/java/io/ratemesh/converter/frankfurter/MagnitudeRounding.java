package io.ratemesh.converter.frankfurter;

import io.ratemesh.model.Legs;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The decimals of a result by its size, as Frankfurter rounds. Ruby rounds whole numbers half up ({@code Float#round}) and
 * decimals half even ({@code format}).
 */
enum MagnitudeRounding {
    ABOVE_FIVE_THOUSAND("5000", 0, RoundingMode.HALF_UP),
    ABOVE_EIGHTY("80", 2, RoundingMode.HALF_EVEN),
    ABOVE_TWENTY("20", 3, RoundingMode.HALF_EVEN),
    ABOVE_ONE("1", 4, RoundingMode.HALF_EVEN),
    ABOVE_A_TEN_THOUSANDTH("0.0001", 5, RoundingMode.HALF_EVEN),
    BELOW("0", 6, RoundingMode.HALF_EVEN);

    private final BigDecimal bound;
    private final int decimals;
    private final RoundingMode rounding;

    MagnitudeRounding(String bound, int decimals, RoundingMode rounding) {
        this.bound = new BigDecimal(bound);
        this.decimals = decimals;
        this.rounding = rounding;
    }

    /** Converts an amount and rounds it once, by the size of the exact result. */
    static BigDecimal convert(BigDecimal amount, Legs legs) {
        BigDecimal product = amount.multiply(legs.to());
        for (MagnitudeRounding magnitude : values()) {
            if (product.compareTo(magnitude.bound.multiply(legs.from())) > 0) {
                return legs.convert(amount, magnitude.decimals, magnitude.rounding);
            }
        }
        return BigDecimal.ZERO;
    }
}
