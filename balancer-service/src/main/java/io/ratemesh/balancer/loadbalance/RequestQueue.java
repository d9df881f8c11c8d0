package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.LoopCounter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Requests for which there is no upstream at the moment: first come, first served, bounded in number and in time. A node
 * that died is often followed by one that comes within a second or two; who waits that long is served, not refused. One
 * event loop owns a line; who waits on another loop may be served before.
 */
public final class RequestQueue {

    /** A request in the line. */
    public interface QueuedRequest {

        /** Whether it still wants an upstream; its client may have left. */
        boolean isWaiting();

        /** Tries again to get an upstream; false where there is still none for it. */
        boolean tryServe();

        /** It waited long enough. */
        void timedOut();
    }

    private record Place(QueuedRequest request, long deadlineNanos) {}

    private final BooleanSupplier full;
    private final LongSupplier timeoutNanos;
    private final BooleanSupplier hasCapacity;
    private final LoopCounter length = new LoopCounter();
    private final LoopCounter maxLength = new LoopCounter();
    private Deque<Place> queue = new ArrayDeque<>();
    private Deque<Place> skipped = new ArrayDeque<>();
    private boolean serving;
    private boolean serveAgain;

    /**
     * Creates an empty queue.
     *
     * @param full whether no more requests are accepted
     * @param timeoutNanos how long a request that is added now may stay
     * @param hasCapacity whether any upstream has capacity for a request
     */
    RequestQueue(BooleanSupplier full, LongSupplier timeoutNanos, BooleanSupplier hasCapacity) {
        this.full = full;
        this.timeoutNanos = timeoutNanos;
        this.hasCapacity = hasCapacity;
    }

    /** Queues up; false where the line is full. */
    public boolean enqueue(QueuedRequest waiting, long nowNanos) {
        if (full.getAsBoolean()) {
            return false;
        }
        queue.add(new Place(waiting, nowNanos + timeoutNanos.getAsLong()));
        updateLength(queue.size());
        return true;
    }

    /** Serves from the front until no upstream has room. Who has tried all that have is passed over and keeps its place. */
    public void serve() {
        if (serving) {
            // Serving one may end another at once; this very walk goes on with what that frees.
            serveAgain = true;
            return;
        }
        serving = true;
        try {
            do {
                serveAgain = false;
                serveOnce();
            } while (serveAgain);
        } finally {
            serving = false;
            updateLength(queue.size());
        }
    }

    private void serveOnce() {
        while (!queue.isEmpty() && hasCapacity.getAsBoolean()) {
            Place first = queue.remove();
            if (first.request().isWaiting() && !first.request().tryServe()) {
                skipped.add(first);
            }
        }
        if (skipped.isEmpty()) {
            return;
        }
        skipped.addAll(queue);
        queue.clear();
        Deque<Place> emptied = queue;
        queue = skipped;
        skipped = emptied;
    }

    /** To be called now and then: refuses those that are too late, forgets those that left. */
    void expire(long nowNanos) {
        serving = true;
        for (int all = queue.size(); all > 0; all--) {
            Place place = queue.remove();
            if (place.request().isWaiting() && nowNanos - place.deadlineNanos() >= 0) {
                place.request().timedOut();
            } else if (place.request().isWaiting()) {
                queue.add(place);
            }
        }
        serving = false;
        updateLength(queue.size());
        if (serveAgain) {
            serve();
        }
    }

    /** How many wait. */
    public int length() {
        return (int) length.get();
    }

    /** How many waited at most. */
    public int maxLength() {
        return (int) maxLength.get();
    }

    private void updateLength(int now) {
        length.add(now - length.get());
        if (now > maxLength.get()) {
            maxLength.add(now - maxLength.get());
        }
    }
}
