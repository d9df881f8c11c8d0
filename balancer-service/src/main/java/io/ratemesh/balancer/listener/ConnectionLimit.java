package io.ratemesh.balancer.listener;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The limit on open connections, in total and for each client. All event loops share it, once for each connection. */
public final class ConnectionLimit {

    private volatile int max;
    private volatile int maxPerClient;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger maxOpen = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    /** Counted also while clients have no limit: a reload may set one. */
    private final ConcurrentHashMap<Long, Integer> perClient = new ConcurrentHashMap<>();

    /**
     * With nothing open.
     *
     * @param max in total, at least 1
     * @param maxPerClient for each client; 0 for no limit
     */
    public ConnectionLimit(int max, int maxPerClient) {
        this.max = max;
        this.maxPerClient = maxPerClient;
    }

    /** Changes the limits for new connections. Open connections stay, even if they are more. */
    public void use(int inTotal, int forEachClient) {
        max = inTotal;
        maxPerClient = forEachClient;
    }

    /** Counts a connection of an unknown client; false, and not counted, where it is one too many. */
    public boolean acquire() {
        int now = open.incrementAndGet();
        if (now > max) {
            open.decrementAndGet();
            refused.increment();
            return false;
        }
        if (now > maxOpen.get()) {
            maxOpen.accumulateAndGet(now, Math::max);
        }
        return true;
    }

    /** Counts a connection of a client until {@link #release(long)}; false, and not counted, where it is one too many. */
    public boolean acquire(long client) {
        return acquire() && assign(client);
    }

    /**
     * Assigns a connection that {@link #acquire()} counted to its client, until {@link #release(long)}. False where it is one too many of
     * that client's; then it is no longer counted.
     */
    public boolean assign(long client) {
        int ofClient = perClient.merge(client, 1, Integer::sum);
        int limit = maxPerClient;
        if (limit > 0 && ofClient > limit) {
            release(client);
            refused.increment();
            return false;
        }
        return true;
    }

    /** Releases a connection that was not assigned to a client. */
    public void release() {
        open.decrementAndGet();
    }

    /** Releases a connection of a client. */
    public void release(long client) {
        perClient.computeIfPresent(client, (ignored, count) -> count > 1 ? count - 1 : null);
        release();
    }

    /** The limit in total. */
    public int max() {
        return max;
    }

    /** The most that were ever open at once. */
    public int maxOpen() {
        return maxOpen.get();
    }

    /** Connections that are open. */
    public int open() {
        return open.get();
    }

    /** Connections that were one too many since the start. */
    public long refused() {
        return refused.sum();
    }
}
