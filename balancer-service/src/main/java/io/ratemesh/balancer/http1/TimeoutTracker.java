package io.ratemesh.balancer.http1;

import io.ratemesh.balancer.http.Timeouts;
import java.time.Duration;

/** Measures how long a client takes, against its limits. It uses times only, no clock, bytes or channel. */
final class TimeoutTracker {

    /** What the client has to do next. */
    enum Expected {
        FIRST_REQUEST,
        /** Another request, if it has one. */
        NEXT_REQUEST,
        REST_OF_HEAD,
        BODY,
        /** Nothing: the balancer or an upstream has to act, and the limits of the pool hold. */
        NOTHING,
        CLOSE
    }

    /** What to do. */
    enum Result {
        IN_TIME,
        HEAD_TIMEOUT,
        BODY_TIMEOUT,
        /** Close the connection without a response. */
        CLOSE
    }

    /** Since when the client does nothing of what is expected. */
    private long since;

    private long outbound;
    private long outboundSince;

    TimeoutTracker(long now) {
        since = now;
    }

    /** The client has done some of what is expected, or something else is expected from now on. */
    void restart(long now) {
        since = now;
    }

    /**
     * Checks the limits. It has to be called every {@link RequestGuard#SWEEP_MILLIS}.
     *
     * @param progress of what is sent to the client: the same as in the last call if it has read nothing since; 0 if there is nothing
     */
    Result check(Expected expected, long progress, Timeouts limits, long now) {
        if (progress != outbound) {
            outbound = progress;
            outboundSince = now;
        }
        boolean sending = progress != 0;
        if (sending && expected != Expected.CLOSE && isOver(limits.body(), outboundSince, now)) {
            return Result.CLOSE;
        }
        // A client that still reads the last response is not idle.
        if (expected == Expected.NOTHING || (expected == Expected.NEXT_REQUEST && sending)) {
            since = now;
        }
        return switch (expected) {
            case FIRST_REQUEST -> check(limits.head(), Result.CLOSE, now);
            case NEXT_REQUEST -> check(limits.idle(), Result.CLOSE, now);
            case REST_OF_HEAD -> check(limits.head(), Result.HEAD_TIMEOUT, now);
            case BODY -> check(limits.body(), Result.BODY_TIMEOUT, now);
            case NOTHING -> Result.IN_TIME;
            case CLOSE -> check(limits.linger(), Result.CLOSE, now);
        };
    }

    private Result check(Duration limit, Result timeout, long now) {
        return isOver(limit, since, now) ? timeout : Result.IN_TIME;
    }

    /** The time may be up to a sweep old, so a sweep is added to the limit. */
    private static boolean isOver(Duration limit, long since, long now) {
        return now - since > limit.toNanos() + RequestGuard.SWEEP_MILLIS * 1_000_000;
    }
}
