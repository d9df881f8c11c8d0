package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a rate may be from another before one of them is doubted.
 *
 * @param share 0.20 is 20%, above 0 and below 1
 */
record JumpLimit(BigDecimal share) {

    private static final BigDecimal YEAR_IN_DAYS = new BigDecimal("365");

    /** A currency has crashed by a half in a day; more than this is a wrong number, however often it is said. */
    private static final BigDecimal BEYOND_BELIEF = BigDecimal.TEN;

    /**
     * Whether a rate is too far from the one before. What is old has had time to move: with each year between them the
     * bounds are the share wider, so that a program that was put away for long still finds back to the market, and
     * still knows another base when it sees one.
     */
    boolean jumped(Rate before, BigDecimal after, Instant observedAt) {
        BigDecimal days = BigDecimal.valueOf(
                Math.max(0, Duration.between(before.asOf(), observedAt).toDays()));
        BigDecimal patience = BigDecimal.ONE.add(share.multiply(days).divide(YEAR_IN_DAYS, MathContext.DECIMAL32));
        BigDecimal most = before.perEuro().multiply(BigDecimal.ONE.add(share)).multiply(patience);
        BigDecimal least = before.perEuro().multiply(BigDecimal.ONE.subtract(share));
        // Compared by multiplication: no quotient is rounded.
        return after.compareTo(most) > 0 || after.multiply(patience).compareTo(least) < 0;
    }

    /** Whether two feeds say the same of a currency, whichever of them is asked. */
    boolean agree(BigDecimal one, BigDecimal other) {
        return one.max(other).compareTo(one.min(other).multiply(BigDecimal.ONE.add(share))) <= 0;
    }

    /** Whether a rate is so far from the one before that its feed alone cannot make it true by insisting. */
    static boolean beyondBelief(BigDecimal before, BigDecimal after) {
        return after.max(before).compareTo(after.min(before).multiply(BEYOND_BELIEF)) > 0;
    }
}
