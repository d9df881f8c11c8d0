package io.ratemesh.benchmarks.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a server held of one kind of memory over the course of a run, in tenths of the requests. */
public final class MemoryTrend {

    private static final int TENTHS = 10;
    private static final int LAST = TENTHS - 1;

    /** From the second tenth on: in the first a JVM compiles. */
    private static final double MOST_GROWTH = 0.05;

    private static final double BYTES_PER_MB = 1e6;

    private final List<List<Long>> seen = IntStream.range(0, TENTHS)
            .<List<Long>>mapToObj(i -> new ArrayList<>())
            .toList();

    /** In which tenth a share of the requests lies, 0 to 9. */
    public static int tenth(double share) {
        return Math.min(TENTHS - 1, (int) (share * TENTHS));
    }

    /**
     * Notes what is held now.
     *
     * @param share of the requests that were sent, 0 to 1
     */
    public void note(double share, long bytes) {
        seen.get(tenth(share)).add(bytes);
    }

    /** The median of each tenth, in bytes; 0 where a tenth went by unseen. */
    public long[] bytes() {
        return seen.stream().mapToLong(MemoryTrend::median).toArray();
    }

    /** Whether something was noted in each tenth. */
    public boolean isWhole() {
        return seen.stream().noneMatch(List::isEmpty);
    }

    /**
     * Whether it did not grow by more than 5 % from the second tenth to the last.
     *
     * @param slack bytes that it may grow besides, where 5 % are next to nothing
     */
    public boolean isFlat(long slack) {
        long[] tenths = bytes();
        return tenths[LAST] <= tenths[1] * (1 + MOST_GROWTH) + slack;
    }

    /** The median of each tenth, in MB. */
    @Override
    public String toString() {
        return Arrays.stream(bytes())
                .mapToObj(value -> String.format(Locale.ROOT, "%.1f", value / BYTES_PER_MB))
                .collect(Collectors.joining(" "));
    }

    private static long median(List<Long> values) {
        Collections.sort(values);
        return values.isEmpty() ? 0 : values.get(values.size() / 2);
    }
}
