package io.ratemesh.balancer.upstream;

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

    private long heard;
    private long othersHeard;
    private long sinceNanos;
    private long doubtedNanos;
    private boolean doubted;
    private boolean settled;

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
    public void look(int waiting, long answers, long answersOfOthers, long nowNanos) {
        if (answers != heard || (waiting <= 0 && !doubted)) {
            heard = answers;
            othersHeard = answersOfOthers;
            sinceNanos = nowNanos;
            doubted = false;
            settled = false;
        } else if (doubted) {
            if (nowNanos - doubtedNanos >= DOUBT_FOR.toNanos()) {
                explained();
            }
        } else if (!settled && nowNanos - sinceNanos >= DOUBT_AFTER.toNanos() && answersOfOthers != othersHeard) {
            doubted = true;
            doubtedNanos = nowNanos;
        }
    }

    /** It does not hang: it is well, and busy. */
    public void explained() {
        doubted = false;
        settled = true;
    }

    /** A check had no answer either: the doubt holds on. */
    public void confirmed(long nowNanos) {
        doubtedNanos = nowNanos;
    }

    public boolean doubted() {
        return doubted;
    }
}
