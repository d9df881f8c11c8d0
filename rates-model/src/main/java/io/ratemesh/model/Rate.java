package io.ratemesh.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The rate of a currency against the euro.
 *
 * @param perEuro units of the currency for one euro, above zero, with the digits of the source
 * @param source the name of the feed, such as {@code ecb}
 * @param asOf when the source observed the rate
 * @param staleAt when the rate turns stale; each reader compares it with its own clock, so a rate also ages without any rates
 *     node
 */
public record Rate(BigDecimal perEuro, String source, Instant asOf, Instant staleAt) {

    /** The source of simulated rates, which are a random walk. */
    public static final String SIMULATED = "simulated";

    public Rate {
        if (perEuro.signum() <= 0) {
            throw new IllegalArgumentException("rate: " + perEuro + "; must be > 0");
        }
        if (source.isEmpty() || source.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("source: \"" + source + "\" is not a source; must be a word");
        }
    }

    /** Whether the rate is stale at {@code now}. */
    public boolean stale(Instant now) {
        return !now.isBefore(staleAt);
    }

    /** Whether the rate is simulated. */
    public boolean simulated() {
        return SIMULATED.equals(source);
    }
}
