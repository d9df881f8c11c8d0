package io.ratemesh.balancer.upstream.outlier;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers of an upstream that began well and broke in the middle, without a whole one between them. They have a row of their own:
 * each began with a good head, which ends a row of {@link ConsecutiveFailures}. All loops count here; a whole answer only reads, as long
 * as none broke before it.
 */
public final class ConsecutiveBrokenResponses {

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong lastNanos = new AtomicLong();

    /**
     * An answer broke; true if that was one too many. What breaks one answer breaks all that are under way, streams by the
     * thousand: only one that began after the last break tells something new.
     *
     * @param begunNanos when its head came
     */
    public boolean responseBroken(long begunNanos, long nowNanos) {
        long last = lastNanos.get();
        if (count.get() > 0 && begunNanos - last < 0) {
            return false;
        }
        // Of two loops that see the same death one counts it.
        return lastNanos.compareAndSet(last, nowNanos) && count.incrementAndGet() >= ConsecutiveFailures.TOO_MANY;
    }

    public void reset() {
        if (count.getOpaque() != 0) {
            count.set(0);
        }
    }
}
