package io.ratemesh.balancer.upstream.outlier;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts responses of one upstream that ended early, without a complete response between them. Separate from
 * {@link ConsecutiveFailures}, which every good response head resets. Shared by all event loops; a complete response only reads
 * while the count is 0.
 */
public final class ConsecutiveBrokenResponses {

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong lastNanos = new AtomicLong();

    /**
     * Counts a response that ended early. Responses that were under way together break together, streams by the thousand: only
     * one that started after the last break counts.
     *
     * @param startNanos when its head was received
     * @param threshold from which count on an ejection is due; 0 for never
     * @return whether the threshold is reached
     */
    public boolean responseBroken(long startNanos, int threshold, long nowNanos) {
        long last = lastNanos.get();
        if (count.get() > 0 && startNanos - last < 0) {
            return false;
        }
        // Two event loops may report the same break: one of them counts it.
        return lastNanos.compareAndSet(last, nowNanos) && count.incrementAndGet() >= threshold && threshold > 0;
    }

    public void reset() {
        if (count.getOpaque() != 0) {
            count.set(0);
        }
    }
}
