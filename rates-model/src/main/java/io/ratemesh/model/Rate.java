package io.ratemesh.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one euro is worth in a currency, and where that is known from.
 *
 * @param perEuro units of the currency for one euro, above zero, as the source wrote it
 * @param source the feed that said so, as {@code ecb}
 * @param asOf when the source observed it
 * @param staleAt from when on it counts as stale: a reader decides by its own clock, so a rate also ages when no rates
 *     node is left to say so
 */
public record Rate(BigDecimal perEuro, String source, Instant asOf, Instant staleAt) {

    /** The source of rates that are a random walk and no market's. */
    public static final String SIMULATED = "simulated";

    public Rate {
        if (perEuro.signum() <= 0) {
            throw new IllegalArgumentException("rate: " + perEuro + " (expected: > 0)");
        }
        if (source.isEmpty() || source.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("source: \"" + source + "\" (expected: a word)");
        }
    }

    /** Whether the rate has outlived its time at {@code now}. */
    public boolean stale(Instant now) {
        return !now.isBefore(staleAt);
    }

    /** Whether the rate is made up for a demonstration. */
    public boolean simulated() {
        return SIMULATED.equals(source);
    }
}
