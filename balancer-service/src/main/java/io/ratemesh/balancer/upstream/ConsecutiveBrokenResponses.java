package io.ratemesh.balancer.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers of an upstream that began well and broke in the middle, without a whole one between them. They have a row of their own:
 * each began with a good head, which ends a row of {@link ConsecutiveFailures}. All loops count here; a whole answer only reads, as long
 * as none broke before it.
 */
final class ConsecutiveBrokenResponses {

    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicLong lastNanos = new AtomicLong();

    /**
     * An answer broke; true if that was one too many. What breaks one answer breaks all that are under way, streams by the
     * thousand: only one that began after the last break tells something new.
     *
     * @param begunNanos when its head came
     */
    boolean broke(long begunNanos, long nowNanos) {
        long last = lastNanos.get();
        if (inARow.get() > 0 && begunNanos - last < 0) {
            return false;
        }
        // Of two loops that see the same death one counts it.
        return lastNanos.compareAndSet(last, nowNanos) && inARow.incrementAndGet() >= ConsecutiveFailures.TOO_MANY;
    }

    void none() {
        if (inARow.getOpaque() != 0) {
            inARow.set(0);
        }
    }
}
