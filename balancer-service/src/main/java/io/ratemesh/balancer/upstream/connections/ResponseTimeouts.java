package io.ratemesh.balancer.upstream.connections;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Times out requests without a response. All have the same timeout, so it ends in the order in which they were sent: a queue that is
 * swept regularly costs less per request than a timer each. A request leaves the queue when its response starts; the queue's links are
 * in the request itself, so that this is cheap wherever it stands. One event loop owns it.
 */
public final class ResponseTimeouts {

    /** A request that may be awaiting its response. */
    public abstract static class PendingResponse {

        private @Nullable PendingResponse before;
        private @Nullable PendingResponse after;
        private long sinceNanos;
        private @Nullable ResponseTimeouts queue;

        /** The timeout is over. It is in no queue any more. */
        public abstract void responseTimedOut();

        /** An upstream hangs; if it is the one of this request, the request may be repeated before the timeout is over. */
        public abstract void checkForHang();

        /** Leaves the queue, if it is in one. */
        public final void stopTimeout() {
            if (queue != null) {
                queue.remove(this);
            }
        }
    }

    private @Nullable PendingResponse first;
    private @Nullable PendingResponse last;

    /** Starts the timeout, anew if it is running. */
    public void start(PendingResponse pending, long nowNanos) {
        pending.stopTimeout();
        pending.sinceNanos = nowNanos;
        pending.before = last;
        pending.queue = this;
        if (last == null) {
            first = pending;
        } else {
            last.after = pending;
        }
        last = pending;
    }

    /** Removes a request; does nothing where it is not in this queue. */
    void remove(PendingResponse pending) {
        if (pending.queue != this) {
            return;
        }
        PendingResponse before = pending.before;
        PendingResponse after = pending.after;
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
        pending.before = null;
        pending.after = null;
        pending.queue = null;
    }

    /** Lets each request check whether its upstream hangs. */
    public void checkForHangs() {
        for (PendingResponse next = first; next != null; ) {
            PendingResponse after = next.after;
            next.checkForHang();
            next = after;
        }
    }

    /**
     * Times out the requests whose timeout is over; to be called regularly.
     *
     * @param timeout zero for none
     */
    public void sweep(Duration timeout, long nowNanos) {
        if (timeout.isZero()) {
            return;
        }
        long nanos = timeout.toNanos();
        for (PendingResponse next = first; next != null && nowNanos - next.sinceNanos >= nanos; next = first) {
            remove(next);
            next.responseTimedOut();
        }
    }
}
