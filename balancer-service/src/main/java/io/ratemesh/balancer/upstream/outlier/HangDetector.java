package io.ratemesh.balancer.upstream.outlier;

import io.ratemesh.node.settings.FailureSettings.Hang;

/**
 * Detects an upstream that sends no response although requests are pending, while others of its pool respond or have none to respond
 * to: it may hang. It may also process large requests, so this is only a suspicion: new requests go to others and health checks run
 * at their fast interval, but no request is aborted. A response ends the suspicion. Without one it ends by itself, and returns only
 * after requests have been pending anew. Where others have pending requests too and none responds, the cause is likely behind them.
 *
 * <p>One event loop's view. Updated by a timer, so that a request costs nothing here.
 */
public final class HangDetector {

    /**
     * The other upstreams of a pool.
     *
     * @param responses of all, ever
     * @param isIdle whether there are others that requests may go to, and none of them has pending requests
     */
    public record Others(long responses, boolean isIdle) {}

    private long responsesSeen;
    private long otherResponsesSeen;
    private long sinceNanos;
    private long suspectedNanos;
    private boolean suspected;
    private boolean cleared;

    public HangDetector(long nowNanos) {
        sinceNanos = nowNanos;
    }

    /**
     * Updates the suspicion.
     *
     * @param pending requests without a response so far
     * @param responses of this upstream, ever
     * @param others the other upstreams of its pool
     */
    public void update(Hang settings, int pending, long responses, Others others, long nowNanos) {
        if (responses != responsesSeen || (pending <= 0 && !suspected)) {
            responsesSeen = responses;
            otherResponsesSeen = others.responses();
            sinceNanos = nowNanos;
            suspected = false;
            cleared = false;
        } else if (suspected) {
            if (nowNanos - suspectedNanos >= settings.suspectFor().toNanos()) {
                clear();
            }
        } else if (!cleared
                && !settings.suspectAfter().isZero()
                && nowNanos - sinceNanos >= settings.suspectAfter().toNanos()
                && (others.responses() != otherResponsesSeen || others.isIdle())) {
            suspected = true;
            suspectedNanos = nowNanos;
        }
    }

    /** A health check had a response: the upstream is busy and does not hang. */
    public void clear() {
        suspected = false;
        cleared = true;
    }

    /** A health check had no response either: the suspicion lasts longer. */
    public void confirm(long nowNanos) {
        suspectedNanos = nowNanos;
    }

    public boolean isSuspected() {
        return suspected;
    }
}
