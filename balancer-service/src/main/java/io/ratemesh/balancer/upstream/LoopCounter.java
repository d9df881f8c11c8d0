package io.ratemesh.balancer.upstream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A counter that one event loop writes and any thread reads. Writing needs no fence and no contention; a reader may see the value a
 * moment later.
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
