package io.ratemesh.balancer.proxy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Requests for which there is no upstream at the moment: first come, first served, bounded in number and in time. A node
 * that died is often followed by one that comes within a second or two; who waits that long is served, not refused. One
 * event loop owns a line.
 */
final class WaitingLine {

    /** A request in the line. */
    interface Waiting {

        /** Whether it still wants an upstream; its client may have left. */
        boolean waits();

        /** Tries again to get an upstream; false where there is still none for it. */
        boolean served();

        /** It waited long enough. */
        void refused();
    }

    private record Place(Waiting waiting, long untilNanos) {}

    private final int limit;
    private final long patienceNanos;
    private final Deque<Place> line = new ArrayDeque<>();

    WaitingLine(int limit, Duration patience) {
        this.limit = limit;
        this.patienceNanos = patience.toNanos();
    }

    /** Queues up; false where the line is full. */
    boolean join(Waiting waiting, long nowNanos) {
        if (line.size() >= limit) {
            return false;
        }
        line.add(new Place(waiting, nowNanos + patienceNanos));
        return true;
    }

    /** To be called often: serves from the front until there is no upstream again, refuses those that are too late. */
    void advance(long nowNanos) {
        for (int left = line.size(); left > 0; left--) {
            Place place = line.remove();
            if (place.waiting().waits() && !place.waiting().served()) {
                if (nowNanos - place.untilNanos() >= 0) {
                    place.waiting().refused();
                } else {
                    line.add(place);
                }
            }
        }
    }

    int length() {
        return line.size();
    }
}
