package io.ratemesh.benchmarks.load;

/**
 * The times at which requests of a fixed rate are due. Latency is measured from these times, not from when a request was sent, so
 * that it includes the time that requests wait for a stalled server.
 */
final class RequestSchedule {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long begin;
    private final double perSecond;
    private final long count;
    private final long warmUpCount;
    private long sent;

    /**
     * Creates a schedule.
     *
     * @param begin when the first request is due, as {@link System#nanoTime()}
     * @param warmUpSeconds time before requests are measured
     * @param seconds time during which they are measured
     */
    RequestSchedule(long begin, double perSecond, int warmUpSeconds, int seconds) {
        this.begin = begin;
        this.perSecond = perSecond;
        this.warmUpCount = (long) (perSecond * warmUpSeconds);
        this.count = warmUpCount + (long) (perSecond * seconds);
    }

    boolean isDue(long now) {
        return sent < count && due(sent) - now <= 0;
    }

    /** Whether all requests have been sent. */
    boolean isOver() {
        return sent == count;
    }

    /** The time until the next request is due; 0 if it is overdue. */
    long nanosUntilDue(long now) {
        return Math.max(0, due(sent) - now);
    }

    /** Advances to the next request and returns when it is due. */
    long next() {
        return due(sent++);
    }

    /** Whether a request with this due time is measured. */
    boolean isMeasured(long due) {
        return due - due(warmUpCount) >= 0;
    }

    /** The second of the measured time in which a request was due, from 0. */
    int second(long due) {
        return (int) ((due - due(warmUpCount)) / NANOS_PER_SECOND);
    }

    long count() {
        return count;
    }

    private long due(long number) {
        return begin + (long) (number * NANOS_PER_SECOND / perSecond);
    }
}
