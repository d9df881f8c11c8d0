package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.load.Spread;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * When each update was published and when its readers had it. Published on one thread, heard of on another: the version
 * on the wire orders the two.
 */
final class Updates {

    private static final int NANOS_PER_MICRO = 1000;

    private final SsePlan plan;
    private final long firstVersion;
    private final long[] publishedNanos;
    private final long[] lastNanos;
    private final int[] heard;
    private final int[] micros;
    private int samples;

    /**
     * None published yet.
     *
     * @param firstVersion the version of the first update
     */
    Updates(SsePlan plan, long firstVersion) {
        this.plan = plan;
        this.firstVersion = firstVersion;
        this.publishedNanos = new long[plan.updates()];
        this.lastNanos = new long[plan.updates()];
        this.heard = new int[plan.updates()];
        this.micros = new int[plan.seconds() * plan.readers()];
    }

    long firstVersion() {
        return firstVersion;
    }

    /** The version of the last update. */
    long lastVersion() {
        return firstVersion + plan.updates() - 1;
    }

    synchronized void published(int update, long nanos) {
        publishedNanos[update] = nanos;
    }

    /** One reader has it; {@code steady} unless it is one of those that stop to read. */
    synchronized void heard(long version, boolean steady, long nanos) {
        int update = Math.toIntExact(version - firstVersion);
        if (steady) {
            heard[update]++;
            lastNanos[update] = Math.max(lastNanos[update], nanos);
            if (update >= SsePlan.WARM_UP) {
                micros[samples++] = (int) ((nanos - publishedNanos[update]) / NANOS_PER_MICRO);
            }
        }
    }

    /** How many readers that read to the end have an update. */
    synchronized int heard(int update) {
        return heard[update];
    }

    /** Whether every reader that reads to the end has every update. */
    synchronized boolean complete() {
        return Arrays.stream(heard).allMatch(count -> count == plan.steady());
    }

    /** From the publication to the last reader. */
    synchronized int lastReaderMicros(int update) {
        return (int) Math.max(0, (lastNanos[update] - publishedNanos[update]) / NANOS_PER_MICRO);
    }

    /** From the publication to the last reader, of every update that is measured. */
    synchronized Spread lastReader() {
        return Spread.of(IntStream.range(SsePlan.WARM_UP, plan.updates())
                .map(this::lastReaderMicros)
                .toArray());
    }

    /** From the publication to each reader, of every update that is measured. */
    synchronized Spread anyReader() {
        return Spread.of(Arrays.copyOf(micros, samples));
    }
}
