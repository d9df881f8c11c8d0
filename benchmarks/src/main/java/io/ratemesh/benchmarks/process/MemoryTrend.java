package io.ratemesh.benchmarks.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How much of one kind of memory a server used during a run, by tenths of the requests. */
public final class MemoryTrend {

    /** The metric of direct buffers that the JDK counts. Netty's own are in the resident memory only. */
    public static final String DIRECT_BUFFERS = "jvm_buffer_memory_used_bytes{id=\"direct\"}";

    private static final int TENTHS = 10;

    /** From the second tenth on: during the first, a JVM compiles. */
    private static final double MAX_GROWTH = 0.05;

    private static final double BYTES_PER_MB = 1e6;

    private final List<List<Long>> samples = IntStream.range(0, TENTHS)
            .<List<Long>>mapToObj(i -> new ArrayList<>())
            .toList();

    /** The tenth, 0 to 9, that a fraction of the requests lies in. */
    public static int tenth(double fraction) {
        return Math.min(TENTHS - 1, (int) (fraction * TENTHS));
    }

    /**
     * Adds a sample.
     *
     * @param fraction of the requests that have been sent, 0 to 1
     */
    public void add(double fraction, long bytes) {
        samples.get(tenth(fraction)).add(bytes);
    }

    /** The median of each tenth in bytes, 0 for a tenth without samples. */
    public long[] medians() {
        return samples.stream().mapToLong(MemoryTrend::median).toArray();
    }

    /** The median of the last tenth. */
    public double lastMegabytes() {
        return medians()[TENTHS - 1] / BYTES_PER_MB;
    }

    /** Whether each tenth has a sample. */
    public boolean isComplete() {
        return samples.stream().noneMatch(List::isEmpty);
    }

    /**
     * Whether memory grew by at most 5 % from the second tenth to the last.
     *
     * @param slack bytes that it may grow in addition
     */
    public boolean isFlat(long slack) {
        long[] tenths = medians();
        return tenths[TENTHS - 1] <= tenths[1] * (1 + MAX_GROWTH) + slack;
    }

    /** The medians in MB, and whether memory grew. */
    public String text(long slack) {
        return this + (isFlat(slack) ? "" : " GROWS");
    }

    /** The median of each tenth in MB. */
    @Override
    public String toString() {
        return Arrays.stream(medians())
                .mapToObj(value -> String.format(Locale.ROOT, "%.1f", value / BYTES_PER_MB))
                .collect(Collectors.joining(" "));
    }

    private static long median(List<Long> values) {
        Collections.sort(values);
        return values.isEmpty() ? 0 : values.get(values.size() / 2);
    }
}
