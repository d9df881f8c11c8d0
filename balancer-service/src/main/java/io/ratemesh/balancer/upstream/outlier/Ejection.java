package io.ratemesh.balancer.upstream.outlier;

import java.time.Duration;

/**
 * How long an upstream stays out whose requests failed: {@link #BASE} the first time and as much longer each time again, up
 * to {@link #LONGEST}. Each {@link #FORGIVEN} that it works in between makes up for one time. A check has no say in it: a
 * node that answers its checks and fails its requests is the very one that is meant.
 */
public final class Ejection {

    public static final Duration BASE = Duration.ofSeconds(10);
    public static final Duration LONGEST = Duration.ofMinutes(1);
    public static final Duration FORGIVEN = Duration.ofMinutes(1);

    private int multiplier;
    private int total;
    private long untilNanos;

    /** Sends it out. */
    public void eject(long nowNanos) {
        if (total > 0) {
            long forgiven = Math.max(0, nowNanos - untilNanos) / FORGIVEN.toNanos();
            multiplier = (int) Math.max(0, multiplier - forgiven);
        }
        total++;
        multiplier++;
        untilNanos = nowNanos + Math.min(LONGEST.toNanos(), multiplier * BASE.toNanos());
    }

    /** Lets it in again at once. */
    public void end(long nowNanos) {
        if (isActive(nowNanos)) {
            untilNanos = nowNanos;
        }
    }

    public boolean isActive(long nowNanos) {
        return total > 0 && nowNanos - untilNanos < 0;
    }

    public long untilNanos() {
        return untilNanos;
    }

    /** How often it was sent out since it is known. */
    public int total() {
        return total;
    }
}
