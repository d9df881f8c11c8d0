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
    public interface Waiting {

        /** Whether it still wants an upstream; its client may have left. */
        boolean waits();

        /** Tries again to get an upstream; false where there is still none for it. */
        boolean served();

        /** It waited long enough. */
        void refused();
    }

    private record Place(Waiting waiting, long untilNanos) {}

    private final BooleanSupplier full;
    private final LongSupplier patienceNanos;
    private final BooleanSupplier room;
    private final LoopCounter length = new LoopCounter();
    private final LoopCounter longest = new LoopCounter();
    private Deque<Place> line = new ArrayDeque<>();
    private Deque<Place> passed = new ArrayDeque<>();
    private boolean moving;
    private boolean moveAgain;

    /**
     * Nobody waits yet.
     *
     * @param full whether no more may wait
     * @param patienceNanos how long who comes now may wait
     * @param room whether any upstream could take a request, whichever that is
     */
    RequestQueue(BooleanSupplier full, LongSupplier patienceNanos, BooleanSupplier room) {
        this.full = full;
        this.patienceNanos = patienceNanos;
        this.room = room;
    }

    /** Queues up; false where the line is full. */
    public boolean join(Waiting waiting, long nowNanos) {
        if (full.getAsBoolean()) {
            return false;
        }
        line.add(new Place(waiting, nowNanos + patienceNanos.getAsLong()));
        lengthIs(line.size());
        return true;
    }

    /** Serves from the front until no upstream has room. Who has tried all that have is passed over and keeps its place. */
    public void advance() {
        if (moving) {
            // Serving one may end another at once; this very walk goes on with what that frees.
            moveAgain = true;
            return;
        }
        moving = true;
        try {
            do {
                moveAgain = false;
                walk();
            } while (moveAgain);
        } finally {
            moving = false;
            lengthIs(line.size());
        }
    }

    private void walk() {
        while (!line.isEmpty() && room.getAsBoolean()) {
            Place first = line.remove();
            if (first.waiting().waits() && !first.waiting().served()) {
                passed.add(first);
            }
        }
        if (passed.isEmpty()) {
            return;
        }
        passed.addAll(line);
        line.clear();
        Deque<Place> emptied = line;
        line = passed;
        passed = emptied;
    }

    /** To be called now and then: refuses those that are too late, forgets those that left. */
    void sweep(long nowNanos) {
        moving = true;
        for (int all = line.size(); all > 0; all--) {
            Place place = line.remove();
            if (place.waiting().waits() && nowNanos - place.untilNanos() >= 0) {
                place.waiting().refused();
            } else if (place.waiting().waits()) {
                line.add(place);
            }
        }
        moving = false;
        lengthIs(line.size());
        if (moveAgain) {
            advance();
        }
    }

    /** How many wait. */
    public int length() {
        return (int) length.get();
    }

    /** How many waited at most. */
    public int longest() {
        return (int) longest.get();
    }

    private void lengthIs(int now) {
        length.add(now - length.get());
        if (now > longest.get()) {
            longest.add(now - longest.get());
        }
    }
}
