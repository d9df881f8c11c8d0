package io.ratemesh.rates.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delay after failed polls: a random time up to a bound that doubles with each failure (exponential backoff with full
 * jitter), so that nodes whose polls failed together do not poll together again.
 */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 30;

    private final Duration floor;
    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;

    /**
     * Creates a backoff.
     *
     * @param floor the shortest delay, above zero: full jitter alone can be near zero
     * @param first the bound after the first failure
     * @param cap the largest bound
     * @param random the source of the jitter
     */
    public Backoff(Duration floor, Duration first, Duration cap, RandomGenerator random) {
        if (floor.isNegative() || floor.isZero() || floor.compareTo(first) > 0 || first.compareTo(cap) > 0) {
            throw new IllegalArgumentException(
                    "backoff: " + floor + ", " + first + ", " + cap + "; must satisfy 0 < floor <= first <= cap");
        }
        this.floor = floor;
        this.first = first;
        this.cap = cap;
        this.random = random;
    }

    /**
     * A delay after a failure.
     *
     * @param failures the number of consecutive failures, at least 1
     * @return from the floor to the bound, both included
     */
    public Duration after(int failures) {
        long least = floor.toMillis();
        return Duration.ofMillis(random.nextLong(least, Math.max(least, bound(failures)) + 1));
    }

    /**
     * A delay while the circuit is open.
     *
     * @return from half the cap to the cap
     */
    public Duration rest() {
        return Duration.ofMillis(random.nextLong(cap.toMillis() / 2, cap.toMillis() + 1));
    }

    /**
     * A random delay, so that not all nodes poll at the same time.
     *
     * @param most above zero
     * @return from zero to {@code most}
     */
    public Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    private long bound(int failures) {
        int doublings = Math.min(MAX_DOUBLINGS, failures - 1);
        // Compared by division: the product can overflow.
        return first.toMillis() > cap.toMillis() >> doublings ? cap.toMillis() : first.toMillis() << doublings;
    }
}
