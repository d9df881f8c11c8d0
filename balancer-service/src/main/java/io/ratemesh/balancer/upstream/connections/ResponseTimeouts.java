package io.ratemesh.balancer.upstream.connections;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices upstreams that never answer. All requests have the same time, so it is over in the order in which they went out: a
 * queue looked at now and then costs nothing per request, where a timer each would. Who was answered leaves the queue at once
 * (its links are in the request itself), so that one that hangs does not keep a million behind it in memory. One event loop
 * owns it.
 */
public final class ResponseTimeouts {

    /** A request that may be waiting for its answer. */
    public abstract static class Waiting {

        private @Nullable Waiting before;
        private @Nullable Waiting after;
        private long sinceNanos;
        private @Nullable ResponseTimeouts queue;

        /** The answer did not come in time. It is in no queue any more, and may join another. */
        public abstract void tooSlow();

        /** Some upstream hangs; if it is this one's, another may be asked before the time is over. */
        public abstract void upstreamHangs();

        /** It waits no more, wherever it stands. */
        public final void answerCame() {
            if (queue != null) {
                queue.remove(this);
            }
        }
    }

    private @Nullable Waiting first;
    private @Nullable Waiting last;

    /** It waits, from now on; anew, if it did before. */
    public void add(Waiting waiting, long nowNanos) {
        waiting.answerCame();
        waiting.sinceNanos = nowNanos;
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
    public void reconsider() {
        for (Waiting next = first; next != null; ) {
            Waiting after = next.after;
            next.upstreamHangs();
            next = after;
        }
    }

    /**
     * To be called now and then: tells those that are too late.
     *
     * @param timeout how long an answer may take; zero for any time
     */
    public void sweep(Duration timeout, long nowNanos) {
        if (timeout.isZero()) {
            return;
        }
        long nanos = timeout.toNanos();
        for (Waiting next = first; next != null && nowNanos - next.sinceNanos >= nanos; next = first) {
            remove(next);
            next.tooSlow();
        }
    }
}
