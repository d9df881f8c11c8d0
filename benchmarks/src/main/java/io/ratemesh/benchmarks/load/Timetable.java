package io.ratemesh.benchmarks.load;

/**
 * When requests of a fixed rate are due. A latency counts from here, not from when the request went out: what waited because
 * the server stalled has waited too.
 */
final class Timetable {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long begin;
    private final double perSecond;
    private final long count;
    private final long uncounted;
    private long taken;

    /**
     * Nothing taken yet.
     *
     * @param begin when the first is due, in nanoseconds of {@link System#nanoTime()}
     * @param warmUpSeconds how long requests are sent that do not count
     * @param seconds how long after that requests are sent that do
     */
    Timetable(long begin, double perSecond, int warmUpSeconds, int seconds) {
        this.begin = begin;
        this.perSecond = perSecond;
        this.uncounted = (long) (perSecond * warmUpSeconds);
        this.count = uncounted + (long) (perSecond * seconds);
    }

    boolean isDue(long now) {
        return taken < count && due(taken) - now <= 0;
    }

    /** Whether none is left to be sent. */
    boolean isOver() {
        return taken == count;
    }

    /** How long until the next is due, 0 where it already is. */
    long nanosUntilDue(long now) {
        return Math.max(0, due(taken) - now);
    }

    /** Takes the next: when it is, or was, due. */
    long take() {
        return due(taken++);
    }

    /** Whether a request that was due then is of those that count. */
    boolean counts(long due) {
        return due - due(uncounted) >= 0;
    }

    long count() {
        return count;
    }

    private long due(long number) {
        return begin + (long) (number * NANOS_PER_SECOND / perSecond);
    }
}
