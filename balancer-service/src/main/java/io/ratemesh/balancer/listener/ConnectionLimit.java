package io.ratemesh.balancer.listener;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many connections there may be, in all and of one client, over all event loops: touched once a connection, not a request. */
public final class ConnectionLimit {

    private volatile int most;
    private volatile int mostOfOne;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger maxOpen = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    /** Known also while there is no limit for one client: there may be one any moment. */
    private final ConcurrentHashMap<Long, Integer> ofClient = new ConcurrentHashMap<>();

    /**
     * Makes a limit.
     *
     * @param most in all, at least 1
     * @param mostOfOne of one client; 0 for any number
     */
    public ConnectionLimit(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Holds for connections from now on: those that are open stay, however many they are. */
    public void use(int inAll, int ofOne) {
        most = inAll;
        mostOfOne = ofOne;
    }

    /** Counts a connection of whoever; false where it is one too many, and then it is not counted. */
    public boolean enter() {
        int now = open.incrementAndGet();
        if (now > most) {
            open.decrementAndGet();
            refused.increment();
            return false;
        }
        if (now > maxOpen.get()) {
            maxOpen.accumulateAndGet(now, Math::max);
        }
        return true;
    }

    /** Counts a connection that {@link #enter()} would; {@link #leave(long)} takes it back. */
    public boolean enter(long client) {
        return enter() && belongsTo(client);
    }

    /**
     * Says whose a connection is that {@link #enter()} counted: from now on {@link #leave(long)} takes it back. False where it is one
     * too many of that client's, and then it is counted no more.
     */
    public boolean belongsTo(long client) {
        int ofThis = ofClient.merge(client, 1, Integer::sum);
        int limit = mostOfOne;
        if (limit > 0 && ofThis > limit) {
            leave(client);
            refused.increment();
            return false;
        }
        return true;
    }

    /** Takes back what {@link #enter()} counted. */
    public void leave() {
        open.decrementAndGet();
    }

    /** Takes back what {@link #enter(long)} counted. */
    public void leave(long client) {
        ofClient.computeIfPresent(client, (ignored, count) -> count > 1 ? count - 1 : null);
        leave();
    }

    /** How many there may be. */
    public int most() {
        return most;
    }

    /** How many were open at once at most, ever. */
    public int maxOpen() {
        return maxOpen.get();
    }

    /** How many are open. */
    public int open() {
        return open.get();
    }

    /** How many were one too many since the start. */
    public long refused() {
        return refused.sum();
    }
}
