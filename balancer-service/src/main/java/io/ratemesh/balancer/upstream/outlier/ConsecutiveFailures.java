package io.ratemesh.balancer.upstream.outlier;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that failed at an upstream without one between them that did not. All loops count here; a request that went well
 * only reads, as long as none failed before it.
 */
public final class ConsecutiveFailures {

    /** So many send an upstream out. */
    public static final int TOO_MANY = 5;

    /**
     * Connections that break or are late at once have one cause: what died was one process, or one connection with many
     * requests on it.
     */
    public static final Duration SAME_CAUSE = Duration.ofMillis(20);

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong lastConnectionNanos = new AtomicLong();

    /** A bad answer; true if that was one too many. */
    public boolean serverError() {
        return count.incrementAndGet() >= TOO_MANY;
    }

    /** A connection that broke or did not come; true if that was one too many. */
    public boolean connectionFailed(long nowNanos) {
        long last = lastConnectionNanos.get();
        if (count.get() > 0 && nowNanos - last < SAME_CAUSE.toNanos()) {
            return false;
        }
        // Of two loops that see the same death one counts it.
        return lastConnectionNanos.compareAndSet(last, nowNanos) && serverError();
    }

    public void reset() {
        if (count.getOpaque() != 0) {
            count.set(0);
        }
    }
}
