package io.ratemesh.balancer.upstream;

import java.time.Duration;

/**
 * How long an upstream stays out whose requests failed: {@link #BASE} the first time and as much longer each time again, up
 * to {@link #LONGEST}. Each {@link #FORGIVEN} that it works in between makes up for one time. A check has no say in it: a
 * node that answers its checks and fails its requests is the very one that is meant.
 */
final class Ejection {

    static final Duration BASE = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(1);
    static final Duration FORGIVEN = Duration.ofMinutes(1);

    private int inRecentTime;
    private int ever;
    private long untilNanos;

    /** Sends it out. */
    void begin(long nowNanos) {
        if (ever > 0) {
            long forgiven = Math.max(0, nowNanos - untilNanos) / FORGIVEN.toNanos();
            inRecentTime = (int) Math.max(0, inRecentTime - forgiven);
        }
        ever++;
        inRecentTime++;
        untilNanos = nowNanos + Math.min(LONGEST.toNanos(), inRecentTime * BASE.toNanos());
    }

    /** Lets it in again at once. */
    void pardon(long nowNanos) {
        if (holds(nowNanos)) {
            untilNanos = nowNanos;
        }
    }

    boolean holds(long nowNanos) {
        return ever > 0 && nowNanos - untilNanos < 0;
    }

    long untilNanos() {
        return untilNanos;
    }

    /** How often it was sent out since it is known. */
    int ever() {
        return ever;
    }
}
