package io.ratemesh.balancer.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that failed at an upstream without one between them that did not. All loops count here; a request that went well
 * only reads, as long as none failed before it.
 */
final class ConsecutiveFailures {

    /** So many send an upstream out. */
    static final int TOO_MANY = 5;

    /**
     * Connections that break or are late at once have one cause: what died was one process, or one connection with many
     * requests on it.
     */
    static final Duration AT_ONCE = Duration.ofMillis(20);

    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicLong lastNanos = new AtomicLong();

    /** A bad answer; true if that was one too many. */
    boolean badAnswer() {
        return inARow.incrementAndGet() >= TOO_MANY;
    }

    /** A connection that broke or did not come; true if that was one too many. */
    boolean brokenConnection(long nowNanos) {
        long last = lastNanos.get();
        if (inARow.get() > 0 && nowNanos - last < AT_ONCE.toNanos()) {
            return false;
        }
        // Of two loops that see the same death one counts it.
        return lastNanos.compareAndSet(last, nowNanos) && badAnswer();
    }

    void none() {
        if (inARow.getOpaque() != 0) {
            inARow.set(0);
        }
    }
}
