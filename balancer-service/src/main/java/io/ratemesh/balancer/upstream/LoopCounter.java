package io.ratemesh.balancer.upstream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A count that one event loop writes and anyone may read: no fence and no contention where it is written, and a reader
 * sees it a moment later at most.
 */
public final class LoopCounter {

    private final AtomicLong value = new AtomicLong();

    /** Adds. Only the owning loop calls this. */
    public void add(long amount) {
        value.setOpaque(value.getPlain() + amount);
    }

    /** The count. */
    public long get() {
        return value.getOpaque();
    }
}
