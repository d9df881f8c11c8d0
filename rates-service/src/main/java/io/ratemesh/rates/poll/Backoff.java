package io.ratemesh.rates.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a feed alone that failed: a random time up to a bound that doubles with each failure (exponential
 * backoff with full jitter), so that many nodes that failed together do not return together.
 */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 30;

    private final Duration floor;
    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;

    /**
     * A backoff.
     *
     * @param floor what it never goes below, above zero, for full jitter may come near zero
     * @param first the bound after the first failure
     * @param cap what the bound never exceeds
     * @param random where the jitter comes from
     */
    public Backoff(Duration floor, Duration first, Duration cap, RandomGenerator random) {
        if (floor.isNegative() || floor.isZero() || floor.compareTo(first) > 0 || first.compareTo(cap) > 0) {
            throw new IllegalArgumentException(
                    "backoff: " + floor + ", " + first + ", " + cap + " (expected: 0 < floor <= first <= cap)");
        }
        this.floor = floor;
        this.first = first;
        this.cap = cap;
        this.random = random;
    }

    /**
     * Draws the wait after a failure.
     *
     * @param failures how many there were in a row, at least 1
     * @return from the floor to the bound, both included
     */
    public Duration after(int failures) {
        long least = floor.toMillis();
        return Duration.ofMillis(random.nextLong(least, Math.max(least, bound(failures)) + 1));
    }

    /**
     * Draws the rest of a feed that has failed too often to be asked in a hurry.
     *
     * @return from half the cap to the cap
     */
    public Duration rest() {
        return Duration.ofMillis(random.nextLong(cap.toMillis() / 2, cap.toMillis() + 1));
    }

    /**
     * Draws a time, so that not everybody asks at the same moment.
     *
     * @param most above zero
     * @return from zero to {@code most}
     */
    public Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    private long bound(int failures) {
        int doublings = Math.min(MAX_DOUBLINGS, failures - 1);
        // Compared by division: the product may not fit.
        return first.toMillis() > cap.toMillis() >> doublings ? cap.toMillis() : first.toMillis() << doublings;
    }
}
