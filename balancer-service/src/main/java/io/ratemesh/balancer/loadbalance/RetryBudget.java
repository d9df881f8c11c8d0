package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.LoopCounter;
import java.time.Duration;
import java.util.Arrays;

/**
 * How many requests may be tried once more, so that retries cannot melt a pool that is ill already: a fifth of the requests of
 * the last ten seconds, but at least three a second, which too are counted over the ten: the thirty may come at once.
 *
 * <p>Each event loop has its own: the fifth is of its own requests, and of the least it has an equal part, at least one a
 * second. So the loops of a pool together grant what one would, or a little more.
 */
public final class RetryBudget {

    private static final int SECONDS = 10;
    private static final int LEAST_A_SECOND = 3;
    private static final int ONE_IN = 5;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int[] requests = new int[SECONDS];
    private final int[] retries = new int[SECONDS];
    private final LoopCounter granted = new LoopCounter();
    private final LoopCounter denied = new LoopCounter();
    private final LoopCounter remaining = new LoopCounter();
    private int loops = 1;
    private int current;
    private long secondStartNanos;

    RetryBudget(long nowNanos) {
        secondStartNanos = nowNanos;
        remaining.add(allowed());
    }

    /** Asks for a retry; true if it is granted, and then it is spent. Only the owning loop calls this. */
    public boolean take(long nowNanos) {
        advance(nowNanos);
        if (spent() >= allowed()) {
            denied.add(1);
            return false;
        }
        retries[current]++;
        granted.add(1);
        remaining.add(-1);
        return true;
    }

    /** Retries that were granted since the start. */
    public long granted() {
        return granted.get();
    }

    /** Retries that were not. */
    public long denied() {
        return denied.get();
    }

    /** How many would be granted now; a second old at most. */
    public long remaining() {
        return remaining.get();
    }

    /** A request, or a retry, goes out. */
    public void recordRequest() {
        requests[current]++;
    }

    /** Lets time pass; to be called at least each second. */
    void advance(long nowNanos) {
        long seconds = (nowNanos - secondStartNanos) / SECOND;
        if (seconds <= 0) {
            return;
        }
        secondStartNanos += seconds * SECOND;
        for (long i = Math.min(seconds, SECONDS); i > 0; i--) {
            current = (current + 1) % SECONDS;
            requests[current] = 0;
            retries[current] = 0;
        }
        remaining.add(Math.max(0, allowed() - spent()) - remaining.get());
    }

    /** How many loops share the least. */
    void setLoops(int all) {
        loops = Math.max(1, all);
    }

    private int spent() {
        return Arrays.stream(retries).sum();
    }

    private int allowed() {
        int least = SECONDS * Math.max(1, LEAST_A_SECOND / loops);
        int firstTries = Arrays.stream(requests).sum() - spent();
        return Math.max(least, firstTries / ONE_IN);
    }
}
