package io.ratemesh.balancer.upstream;

import java.time.Duration;

/**
 * The percentage of its weight that an upstream gets after it came up: a tenth at first, all of it at the end of the slow start at the
 * latest, and never less than before. How fast depends on its latency.
 *
 * <pre>
 *  100 %             .-------------,-     RAISED  doubled at each comparison
 *                   /           , ' /
 *                  /         , '   /      BY_CLOCK  in proportion to the time
 *               .-'       , '     /
 *             .-'      , '      ,'
 *   10 %  ---'-,--'----------'            HELD  with the third power of the time
 *         0                         end
 * </pre>
 *
 * <p>Not thread-safe: the pool's lock is held.
 */
public final class SlowStart {

    /** How fast the weight grows. */
    public enum Pace {
        /** Nothing is known of its latency, or it is neither like that of its peers nor much higher. */
        BY_CLOCK,
        /** It responds as fast as its peers. */
        RAISED,
        /** It is much slower than its peers. */
        HELD
    }

    private static final int INITIAL_PERCENT = 10;
    private static final int FULL_PERCENT = 100;

    private long beginNanos;
    private int reached = INITIAL_PERCENT;
    private Pace pace = Pace.BY_CLOCK;

    /** Begins at a time, which may be later than now. */
    void begin(long atNanos) {
        beginNanos = atNanos;
        reached = INITIAL_PERCENT;
        pace = Pace.BY_CLOCK;
    }

    /** Applies the result of a comparison with its peers. */
    void setPace(Pace next, Duration total, long nowNanos) {
        int now = percent(total, nowNanos);
        reached = next == Pace.RAISED ? Math.min(FULL_PERCENT, 2 * now) : now;
        pace = next;
    }

    /**
     * The percentage, 10 to 100.
     *
     * @param total the time of a slow start
     */
    int percent(Duration total, long nowNanos) {
        long elapsed = Math.max(0, nowNanos - beginNanos);
        if (elapsed >= total.toNanos()) {
            return FULL_PERCENT;
        }
        double time = (double) elapsed / total.toNanos();
        double growth = pace == Pace.HELD ? time * time * time : time;
        return Math.max(reached, INITIAL_PERCENT + (int) ((FULL_PERCENT - INITIAL_PERCENT) * growth));
    }

    boolean isOver(Duration total, long nowNanos) {
        return percent(total, nowNanos) == FULL_PERCENT;
    }
}
