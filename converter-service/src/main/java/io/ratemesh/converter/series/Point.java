package io.ratemesh.converter.series;

import java.math.BigDecimal;

/**
 * A point of a series. Rates are units of the second currency per unit of the first, to 34 significant digits.
 *
 * @param at the first day of the group that has a rate, or the minute; RFC 3339
 * @param open the first rate of the group
 * @param high the highest
 * @param low the lowest
 * @param close the last
 * @param simulated whether it is simulated
 */
public record Point(String at, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, boolean simulated) {

    static Point single(String at, BigDecimal rate, boolean simulated) {
        return new Point(at, rate, rate, rate, rate, simulated);
    }

    /** This group with a later rate. Rounding to 34 digits keeps the order of rates. */
    Point then(BigDecimal rate) {
        return new Point(at, open, high.max(rate), low.min(rate), rate, simulated);
    }
}
