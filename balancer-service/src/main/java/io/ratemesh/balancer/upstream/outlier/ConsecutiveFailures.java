package io.ratemesh.balancer.upstream.outlier;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts failed requests of one upstream, without a successful one between them. Shared by all event loops; a successful request
 * only reads while the count is 0.
 */
public final class ConsecutiveFailures {

    /** Connections that fail within this time have one cause: one process died, or one connection with many requests. */
    public static final Duration SAME_CAUSE = Duration.ofMillis(20);

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong lastConnectionNanos = new AtomicLong();

    /**
     * Counts a response with a server error.
     *
     * @param threshold from which count on an ejection is due; 0 for never
     * @return whether the threshold is reached
     */
    public boolean serverError(int threshold) {
        return count.incrementAndGet() >= threshold && threshold > 0;
    }

    /**
     * Counts a connection that broke or timed out.
     *
     * @param threshold from which count on an ejection is due; 0 for never
     * @return whether the threshold is reached
     */
    public boolean connectionFailed(int threshold, long nowNanos) {
        long last = lastConnectionNanos.get();
        if (count.get() > 0 && nowNanos - last < SAME_CAUSE.toNanos()) {
            return false;
        }
        // Two event loops may report the same failure: one of them counts it.
        return lastConnectionNanos.compareAndSet(last, nowNanos) && serverError(threshold);
    }

    public void reset() {
        if (count.getOpaque() != 0) {
            count.set(0);
        }
    }
}
