package io.ratemesh.balancer.upstream.outlier;

import java.time.Duration;

/**
 * Notices an upstream that owes answers and gives none to anybody while others of its pool answer: it may hang. That is no more
 * than a doubt, for it may as well be at work on something large, so nobody is sent away for it: new requests go to others for a
 * while, and its checks come sooner. One answer ends the doubt. Without one it ends by itself, and is not raised again before
 * somebody has waited anew.
 *
 * <p>One event loop's view; looked at some times a second, so that a request costs nothing here.
 */
public final class HangDetector {

    /** An upstream that answers nobody for so long is doubted. */
    public static final Duration DOUBT_AFTER = Duration.ofMillis(500);

    /** A doubt that nothing confirms holds for so long. */
    public static final Duration DOUBT_FOR = Duration.ofSeconds(3);

    private long responsesSeen;
    private long otherResponsesSeen;
    private long sinceNanos;
    private long suspectedNanos;
    private boolean isSuspected;
    private boolean cleared;

    public HangDetector(long nowNanos) {
        sinceNanos = nowNanos;
    }

    /**
     * Looks.
     *
     * @param waiting requests that wait for its answer
     * @param answers it has given, ever
     * @param answersOfOthers of the same pool, ever
     */
    public void update(int waiting, long answers, long answersOfOthers, long nowNanos) {
        if (answers != responsesSeen || (waiting <= 0 && !isSuspected)) {
            responsesSeen = answers;
            otherResponsesSeen = answersOfOthers;
            sinceNanos = nowNanos;
            isSuspected = false;
            cleared = false;
        } else if (isSuspected) {
            if (nowNanos - suspectedNanos >= DOUBT_FOR.toNanos()) {
                clear();
            }
        } else if (!cleared
                && nowNanos - sinceNanos >= DOUBT_AFTER.toNanos()
                && answersOfOthers != otherResponsesSeen) {
            isSuspected = true;
            suspectedNanos = nowNanos;
        }
    }

    /** It does not hang: it is well, and busy. */
    public void clear() {
        isSuspected = false;
        cleared = true;
    }

    /** A check had no answer either: the doubt holds on. */
    public void confirm(long nowNanos) {
        suspectedNanos = nowNanos;
    }

    public boolean isSuspected() {
        return isSuspected;
    }
}
