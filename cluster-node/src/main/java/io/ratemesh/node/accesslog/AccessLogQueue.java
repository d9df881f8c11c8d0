package io.ratemesh.node.accesslog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded ring from one event loop to the thread that writes the log. Neither takes a lock and neither waits. If the ring is full,
 * entries are dropped and counted.
 *
 * @param <E> the type of the entries
 */
public final class AccessLogQueue<E> {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    private final @Nullable Object[] ring;
    private final int mask;
    private final AtomicLong dropped = new AtomicLong();
    private int tail;
    private int head;

    /**
     * Creates an empty queue.
     *
     * @param capacity a power of two
     */
    AccessLogQueue(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity: " + capacity + "; must be a power of two");
        }
        this.ring = new Object[capacity];
        this.mask = capacity - 1;
    }

    /** Adds an entry, or drops it if there is no room. Only the queue's event loop calls this. */
    public void add(E entry) {
        if (SLOT.getAcquire(ring, tail) != null) {
            dropped.incrementAndGet();
            return;
        }
        SLOT.setRelease(ring, tail, entry);
        tail = (tail + 1) & mask;
    }

    /** Removes the oldest entry; null if there is none. Only the writer calls this. */
    @SuppressWarnings("unchecked")
    @Nullable
    E poll() {
        E entry = (E) SLOT.getAcquire(ring, head);
        if (entry != null) {
            SLOT.setRelease(ring, head, null);
            head = (head + 1) & mask;
        }
        return entry;
    }

    /** Entries that were dropped. */
    long dropped() {
        return dropped.get();
    }
}
