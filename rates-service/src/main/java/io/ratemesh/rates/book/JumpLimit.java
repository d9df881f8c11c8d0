package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;

/**
 * The largest change of a rate that needs no confirmation.
 *
 * @param fraction 0.20 is 20%, above 0 and below 1
 */
public record JumpLimit(BigDecimal fraction) {

    private static final BigDecimal YEAR_IN_DAYS = new BigDecimal("365");

    /** A currency has lost half its value in a day; a larger factor than this is an error, however often it is repeated. */
    private static final BigDecimal TENFOLD = BigDecimal.TEN;

    /**
     * Whether a rate differs too much from the one before. The bounds widen by the fraction for each year between the two, so
     * that a node that was off for long finds back to the market, and still detects another base.
     */
    boolean isJump(Rate before, BigDecimal after, Instant observedAt) {
        BigDecimal days = BigDecimal.valueOf(
                Math.max(0, Duration.between(before.asOf(), observedAt).toDays()));
        BigDecimal widening = BigDecimal.ONE.add(fraction.multiply(days).divide(YEAR_IN_DAYS, MathContext.DECIMAL32));
        BigDecimal most =
                before.perEuro().multiply(BigDecimal.ONE.add(fraction)).multiply(widening);
        BigDecimal least = before.perEuro().multiply(BigDecimal.ONE.subtract(fraction));
        // Compared by multiplication, so that no quotient is rounded.
        return after.compareTo(most) > 0 || after.multiply(widening).compareTo(least) < 0;
    }

    /** Whether two rates are about the same; symmetric. */
    boolean agrees(BigDecimal one, BigDecimal other) {
        return one.max(other).compareTo(one.min(other).multiply(BigDecimal.ONE.add(fraction))) <= 0;
    }

    /** Whether two rates differ by more than a factor of ten: repetition by one feed does not confirm that. */
    static boolean exceedsTenfold(BigDecimal before, BigDecimal after) {
        return after.max(before).compareTo(after.min(before).multiply(TENFOLD)) > 0;
    }
}
