package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.LoopCounter;
import io.ratemesh.node.settings.FailureSettings.Retries;
import java.time.Duration;
import java.util.Arrays;

/**
 * Limits retries, so that they cannot overload a pool that fails already: a percentage of the requests of the last ten seconds, and
 * a minimum per second, which may be used for the ten seconds at once.
 *
 * <p>Each event loop has its own: the percentage is of its own requests, and the minimum is divided among the loops, at least one per
 * second each. Together they allow as much as one budget would, or a little more.
 */
public final class RetryBudget {

    private static final int SECONDS = 10;
    private static final int HUNDRED = 100;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int[] requests = new int[SECONDS];
    private final int[] retries = new int[SECONDS];
    private final LoopCounter granted = new LoopCounter();
    private final LoopCounter denied = new LoopCounter();
    private final LoopCounter remaining = new LoopCounter();
    private Retries settings;
    private int loops = 1;
    private int current;
    private long secondStartNanos;

    RetryBudget(Retries settings, long nowNanos) {
        this.settings = settings;
        secondStartNanos = nowNanos;
        remaining.add(allowed());
    }

    /** Whether a retry is left. Only the owning loop calls this. */
    public boolean hasLeft(long nowNanos) {
        advance(nowNanos);
        return spent() < allowed();
    }

    /** Spends a retry, which is made now. Only the owning loop calls this. */
    public void spend(long nowNanos) {
        advance(nowNanos);
        retries[current]++;
        granted.add(1);
        remaining.add(-1);
    }

    /** Counts a retry that is not made because none is left. Only the owning loop calls this. */
    public void deny() {
        denied.add(1);
    }

    /** Retries granted since the start. */
    public long granted() {
        return granted.get();
    }

    /** Retries denied since the start. */
    public long denied() {
        return denied.get();
    }

    /** Retries that are left; at most a second old. */
    public long remaining() {
        return remaining.get();
    }

    /** Counts a request or a retry. */
    public void recordRequest() {
        requests[current]++;
    }

    /** Advances the time; to be called at least each second. */
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

    /**
     * Applies settings.
     *
     * @param all event loops that share the minimum
     */
    void configure(Retries next, int all) {
        settings = next;
        loops = Math.max(1, all);
    }

    private int spent() {
        return Arrays.stream(retries).sum();
    }

    private int allowed() {
        int minPerSecond = settings.minPerSecond();
        int least = minPerSecond == 0 ? 0 : SECONDS * Math.max(1, minPerSecond / loops);
        int firstTries = Arrays.stream(requests).sum() - spent();
        return (int) Math.max(least, (long) firstTries * settings.budget() / HUNDRED);
    }
}
