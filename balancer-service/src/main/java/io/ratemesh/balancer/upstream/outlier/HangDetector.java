package io.ratemesh.balancer.upstream.outlier;

import io.ratemesh.node.settings.FailureSettings.Hang;

/**
 * Detects an upstream that sends no response although requests are pending, while others of its pool respond: it may hang. It may
 * also process large requests, so this is only a suspicion: new requests go to others and health checks run at their fast interval,
 * but no request is aborted. A response ends the suspicion. Without one it ends by itself, and returns only after requests have
 * been pending anew.
 *
 * <p>One event loop's view. Updated by a timer, so that a request costs nothing here.
 */
public final class HangDetector {

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
     * @param otherResponses of the other upstreams of its pool, ever
     */
    public void update(Hang settings, int pending, long responses, long otherResponses, long nowNanos) {
        if (responses != responsesSeen || (pending <= 0 && !suspected)) {
            responsesSeen = responses;
            otherResponsesSeen = otherResponses;
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
                && otherResponses != otherResponsesSeen) {
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
