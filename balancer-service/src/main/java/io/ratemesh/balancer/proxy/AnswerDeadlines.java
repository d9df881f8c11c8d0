package io.ratemesh.balancer.proxy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices upstreams that never answer. All requests have the same patience, so they expire in the order they began: a
 * queue looked at now and then costs nothing per request, where a timer each would. Who was answered leaves the queue at once
 * (its links are in the request itself), so that one that hangs does not keep a million behind it in memory. One event loop
 * owns it.
 */
final class AnswerDeadlines {

    /** A request that may be waiting for its answer. */
    abstract static class Waiting {

        private @Nullable Waiting before;
        private @Nullable Waiting after;
        private long atNanos;
        private @Nullable AnswerDeadlines queue;

        /** The answer did not come in time. It is in no queue any more, and may join another. */
        abstract void tooSlow();

        /** Some upstream hangs; if it is this one's, another may be asked before the time is over. */
        abstract void upstreamHangs();

        /** It waits no more, wherever it stands. */
        final void answerCame() {
            if (queue != null) {
                queue.remove(this);
            }
        }
    }

    private final long patienceNanos;
    private @Nullable Waiting first;
    private @Nullable Waiting last;

    AnswerDeadlines(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    void add(Waiting waiting, long nowNanos) {
        waiting.atNanos = nowNanos + patienceNanos;
        waiting.before = last;
        waiting.queue = this;
        if (last == null) {
            first = waiting;
        } else {
            last.after = waiting;
        }
        last = waiting;
    }

    /** It waits no more; nothing happens where it did not. */
    void remove(Waiting waiting) {
        if (waiting.queue != this) {
            return;
        }
        Waiting before = waiting.before;
        Waiting after = waiting.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        waiting.before = null;
        waiting.after = null;
        waiting.queue = null;
    }

    /** Lets all that wait see whether it is their upstream that hangs. */
    void reconsider() {
        for (Waiting next = first; next != null; ) {
            Waiting after = next.after;
            next.upstreamHangs();
            next = after;
        }
    }

    /** To be called now and then: tells those that are too late. */
    void sweep(long nowNanos) {
        for (Waiting next = first; next != null && nowNanos - next.atNanos >= 0; next = first) {
            remove(next);
            next.tooSlow();
        }
    }
}
