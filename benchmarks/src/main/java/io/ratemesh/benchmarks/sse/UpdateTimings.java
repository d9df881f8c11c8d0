package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import java.util.Arrays;
import java.util.stream.IntStream;

/** When updates were published and received by the readers that read to the end. One thread publishes, another receives. */
final class UpdateTimings {

    private static final int NANOS_PER_MICRO = 1000;

    private final SsePlan plan;
    private final long firstVersion;
    private final long[] publishedNanos;
    private final long[] lastReceivedNanos;
    private final int[] received;
    private final int[] micros;
    private int samples;

    UpdateTimings(SsePlan plan, long firstVersion) {
        this.plan = plan;
        this.firstVersion = firstVersion;
        this.publishedNanos = new long[plan.updates()];
        this.lastReceivedNanos = new long[plan.updates()];
        this.received = new int[plan.updates()];
        this.micros = new int[plan.seconds() * plan.readers()];
    }

    long firstVersion() {
        return firstVersion;
    }

    long lastVersion() {
        return firstVersion + plan.updates() - 1;
    }

    synchronized void recordPublished(int update, long nanos) {
        publishedNanos[update] = nanos;
    }

    /** Records that a reader has received a version. */
    synchronized void recordReceived(long version, long nanos) {
        int update = Math.toIntExact(version - firstVersion);
        received[update]++;
        lastReceivedNanos[update] = Math.max(lastReceivedNanos[update], nanos);
        if (update >= SsePlan.WARM_UP) {
            micros[samples++] = (int) ((nanos - publishedNanos[update]) / NANOS_PER_MICRO);
        }
    }

    /** The number of readers that have received an update. */
    synchronized int received(int update) {
        return received[update];
    }

    /** Whether all readers have received all updates. */
    synchronized boolean isComplete() {
        return Arrays.stream(received).allMatch(count -> count == plan.steady());
    }

    /** The time from the publication of an update to its last reader. */
    synchronized int lastReaderMicros(int update) {
        return (int) Math.max(0, (lastReceivedNanos[update] - publishedNanos[update]) / NANOS_PER_MICRO);
    }

    /** The times from publication to the last reader, over the measured updates. */
    synchronized LatencyPercentiles lastReader() {
        return LatencyPercentiles.of(IntStream.range(SsePlan.WARM_UP, plan.updates())
                .map(this::lastReaderMicros)
                .toArray());
    }

    /** The times from publication to each reader, over the measured updates. */
    synchronized LatencyPercentiles anyReader() {
        return LatencyPercentiles.of(Arrays.copyOf(micros, samples));
    }
}
