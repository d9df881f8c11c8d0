package io.ratemesh.balancer.upstream.outlier;

import io.ratemesh.node.settings.FailureSettings.Outlier;
import java.time.Duration;

/**
 * How long an upstream is ejected: the base time at first, longer by the base time at each further ejection, at most the maximum
 * time. Each {@link #FORGIVENESS} without an ejection takes one step back. Health checks do not end an ejection: an upstream that
 * passes its checks and fails its requests is the very case.
 */
public final class Ejection {

    public static final Duration FORGIVENESS = Duration.ofMinutes(1);

    private int multiplier;
    private int total;
    private long untilNanos;

    public void eject(Outlier settings, long nowNanos) {
        if (total > 0) {
            long forgiven = Math.max(0, nowNanos - untilNanos) / FORGIVENESS.toNanos();
            multiplier = (int) Math.max(0, multiplier - forgiven);
        }
        total++;
        multiplier++;
        long base = settings.baseEjectionTime().toNanos();
        long max = settings.maxEjectionTime().toNanos();
        // The product is computed only where it is at most the maximum, so it cannot overflow.
        untilNanos = nowNanos + (multiplier > max / base ? max : multiplier * base);
    }

    /** Ends an ejection that is active. */
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

    /** The number of ejections so far. */
    public int total() {
        return total;
    }
}
