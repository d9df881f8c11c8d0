package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.LoopCounter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Requests for which no upstream is available: first in, first out, bounded in number and in time. A failed node is often
 * replaced within a second or two; a request that is queued for so long is served, not rejected. Each event loop has its own queue;
 * there is no order between loops.
 */
public final class RequestQueue {

    /** A request in the queue. */
    public interface QueuedRequest {

        /** Whether it still needs an upstream; its client may have aborted. */
        boolean isWaiting();

        /** Tries to send it to an upstream; false where none is available to it. */
        boolean tryServe();

        /** Its time in the queue is over. */
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

    /** Adds a request; false where the queue is full. */
    public boolean enqueue(QueuedRequest request, long nowNanos) {
        if (full.getAsBoolean()) {
            return false;
        }
        queue.add(new Place(request, nowNanos + timeoutNanos.getAsLong()));
        updateLength(queue.size());
        return true;
    }

    /** Serves from the front until no upstream has capacity. A request that has tried all available ones is skipped and keeps its place. */
    public void serve() {
        if (serving) {
            // Serving a request may end another one: the pass under way continues with the freed capacity.
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

    /** Removes requests whose time is over or whose client has aborted; to be called regularly. */
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

    /** The number of queued requests. */
    public int length() {
        return (int) length.get();
    }

    /** The maximum number of queued requests so far. */
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
