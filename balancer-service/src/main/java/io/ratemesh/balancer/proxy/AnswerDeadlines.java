package io.ratemesh.balancer.proxy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Notices upstreams that never answer. All requests have the same patience, so they expire in the order they began: a
 * queue looked at now and then costs nothing per request, where a timer each would. One event loop owns it.
 */
final class AnswerDeadlines {

    /** A request that may be waiting for its answer. */
    interface Waiting {

        /** Whether it still waits. */
        boolean waiting();

        /** The answer did not come in time. */
        void tooSlow();
    }

    private record Deadline(Waiting waiting, long atNanos) {}

    private final long patienceNanos;
    private final Deque<Deadline> queue = new ArrayDeque<>();

    AnswerDeadlines(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    void add(Waiting waiting, long nowNanos) {
        queue.add(new Deadline(waiting, nowNanos + patienceNanos));
    }

    /** To be called now and then: tells those that are too late, forgets those that are done. */
    void sweep(long nowNanos) {
        for (Deadline first = queue.peek();
                first != null && (!first.waiting().waiting() || nowNanos - first.atNanos() >= 0);
                first = queue.peek()) {
            queue.remove();
            if (first.waiting().waiting()) {
                first.waiting().tooSlow();
            }
        }
    }
}
