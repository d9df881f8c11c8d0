package io.ratemesh.balancer.loadbalance;

import java.time.Duration;

/**
 * Whether a pool has an upstream in service, and how long and how often it had none.
 *
 * @param serving whether it has one
 * @param sinceNanos when that changed last
 * @param downTransitions how often it went out of service
 * @param pastDowntime total time without one, up to {@code sinceNanos}
 */
record PoolAvailability(boolean serving, long sinceNanos, int downTransitions, Duration pastDowntime) {

    /** A new pool has no upstream in service. */
    static PoolAvailability initial(long nowNanos) {
        return new PoolAvailability(false, nowNanos, 0, Duration.ZERO);
    }

    PoolAvailability with(boolean serves, long nowNanos) {
        if (serves == serving) {
            return this;
        }
        return new PoolAvailability(
                serves, nowNanos, serves ? downTransitions : downTransitions + 1, downtime(nowNanos));
    }

    /** The time since the last change. */
    Duration timeInState(long nowNanos) {
        return Duration.ofNanos(Math.max(0, nowNanos - sinceNanos));
    }

    /** The total time without an upstream in service. */
    Duration downtime(long nowNanos) {
        return serving ? pastDowntime : pastDowntime.plus(timeInState(nowNanos));
    }
}
