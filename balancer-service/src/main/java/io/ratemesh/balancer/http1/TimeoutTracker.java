package io.ratemesh.balancer.http1;

import io.ratemesh.balancer.http.Timeouts;
import java.time.Duration;

/**
 * How long a client keeps its connection waiting, and when that is too long. It knows times, but no clock, no octets and no
 * channel: all that is told.
 */
final class TimeoutTracker {

    /** What a connection waits for. */
    enum Awaited {
        /** The first request. */
        FIRST_HEAD,
        /** The next one, if the client has another. */
        NEXT_HEAD,
        REST_OF_HEAD,
        BODY,
        /** Nothing of its client: an answer, or somebody who takes its body. How long that may take is the pool's to say. */
        THIS_SIDE,
        /** That the client leaves, which was told to. */
        GOODBYE
    }

    /** What has to be done. */
    enum Verdict {
        IN_TIME,
        HEAD_TOO_SLOW,
        BODY_TOO_SLOW,
        /** To be closed without a word. */
        OVER
    }

    /** Since when it is waited for what is awaited. */
    private long since;

    private long untaken;
    private long untakenSince;

    TimeoutTracker(long now) {
        since = now;
    }

    /** Some of what was awaited came, or something else is awaited from now on. */
    void begins(long now) {
        since = now;
    }

    /**
     * Looks whether something took too long. To be called every {@link RequestGuard#SWEEP_MILLIS}.
     *
     * @param outbound tells apart what is first to go out to the client and how much of it is out: the same as at the last call if
     *     the client took nothing since; 0 where nothing is to go out
     */
    Verdict look(Awaited awaited, long outbound, Timeouts patience, long now) {
        if (outbound != untaken) {
            untaken = outbound;
            untakenSince = now;
        }
        boolean reading = outbound != 0;
        if (reading && awaited != Awaited.GOODBYE && over(patience.body(), untakenSince, now)) {
            return Verdict.OVER;
        }
        return switch (awaited) {
            case FIRST_HEAD -> over(patience.head(), since, now) ? Verdict.OVER : Verdict.IN_TIME;
            // Whoever still reads the last answer is not idle.
            case NEXT_HEAD -> over(reading, patience.idle(), now);
            case REST_OF_HEAD -> over(patience.head(), since, now) ? Verdict.HEAD_TOO_SLOW : Verdict.IN_TIME;
            case BODY -> over(patience.body(), since, now) ? Verdict.BODY_TOO_SLOW : Verdict.IN_TIME;
            case THIS_SIDE -> {
                since = now;
                yield Verdict.IN_TIME;
            }
            case GOODBYE -> over(false, patience.linger(), now);
        };
    }

    private Verdict over(boolean moves, Duration limit, long now) {
        if (moves) {
            since = now;
            return Verdict.IN_TIME;
        }
        return over(limit, since, now) ? Verdict.OVER : Verdict.IN_TIME;
    }

    /** The time stamp may be up to a sweep too old, so a sweep is given on top. */
    private static boolean over(Duration limit, long since, long now) {
        return now - since > limit.toNanos() + RequestGuard.SWEEP_MILLIS * 1_000_000;
    }
}
