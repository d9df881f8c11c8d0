package io.ratemesh.model.history;

import io.ratemesh.model.Legs;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An exact decimal in a {@code long}: the unscaled value above four bits of scale, without trailing zeros, so that equal rates
 * are equal numbers. The rate {@code 1.1684} is {@code 11684 << 4 | 4}.
 */
final class PackedRate {

    /** No rate. */
    static final long NONE = 0;

    /** Exactly one: the rate of the euro. */
    static final long ONE = 1 << 4;

    /** The ECB has never used more than 6. */
    static final int MAX_DECIMALS = 9;

    /** A rate is below this; the ECB's largest rate ever was 1,912,400 (TRL). */
    private static final BigDecimal LIMIT = new BigDecimal("100000000");

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private PackedRate() {}

    /**
     * Packs a rate.
     *
     * @param perEuro units for one euro
     * @throws IllegalArgumentException unless 0 &lt; {@code perEuro} &lt; 10^8 with at most 9 decimals
     */
    static long pack(BigDecimal perEuro) {
        BigDecimal stripped = stripped(perEuro);
        if (!fits(stripped)) {
            throw new IllegalArgumentException(
                    "rate: " + perEuro + "; must be above 0, below 10^8, at most " + MAX_DECIMALS + " decimals");
        }
        return (stripped.unscaledValue().longValueExact() << 4) | stripped.scale();
    }

    /** Whether {@link #pack(BigDecimal)} accepts a rate with its trailing zeros. */
    static boolean fits(BigDecimal perEuro) {
        return perEuro.signum() > 0 && perEuro.compareTo(LIMIT) < 0 && perEuro.scale() <= MAX_DECIMALS;
    }

    /**
     * Packs a rate that is a whole number of units of 10^-scale.
     *
     * @throws IllegalArgumentException if {@link #pack(BigDecimal)} does not accept the rate
     */
    static long pack(long unscaled, int scale) {
        if (scale < 0
                || scale > MAX_DECIMALS
                || unscaled <= 0
                || unscaled / POWERS_OF_TEN[scale] >= LIMIT.longValue()) {
            throw new IllegalArgumentException("rate: " + unscaled + " at scale " + scale + "; must be above 0,"
                    + " below 10^8, at most " + MAX_DECIMALS + " decimals");
        }
        long value = unscaled;
        int decimals = scale;
        while (decimals > 0 && value % 10 == 0) {
            value /= 10;
            decimals--;
        }
        return (value << 4) | decimals;
    }

    /** The rate as a decimal without trailing zeros; not for {@link #NONE}. */
    static BigDecimal unpack(long packed) {
        return BigDecimal.valueOf(packed >> 4, scale(packed));
    }

    /** The rates of a pair; empty if one of the packed rates is {@link #NONE}. */
    static Optional<Legs> legs(long from, long to) {
        return from == NONE || to == NONE ? Optional.empty() : Optional.of(new Legs(unpack(from), unpack(to)));
    }

    /** Decimals of a packed rate, 0 to 9. */
    static int scale(long packed) {
        return (int) packed & 0xf;
    }

    /** The packed rate as a whole number of units of 10^-scale; the scale must not be below that of the rate. */
    static long unscaled(long packed, int scale) {
        return (packed >> 4) * POWERS_OF_TEN[scale - scale(packed)];
    }

    /** A decimal without trailing zeros and without an exponent: 13100 stays 13100. */
    static BigDecimal stripped(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static long[] powersOfTen() {
        long[] powers = new long[MAX_DECIMALS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
