package io.ratemesh.benchmarks.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What the converter held over the course of a run, in tenths of the requests. */
final class MemoryTrend {

    private static final int TENTHS = 10;

    private final List<List<Long>> resident = IntStream.range(0, TENTHS)
            .<List<Long>>mapToObj(i -> new ArrayList<>())
            .toList();
    private final List<List<Long>> direct = IntStream.range(0, TENTHS)
            .<List<Long>>mapToObj(i -> new ArrayList<>())
            .toList();

    /**
     * Notes what is held now.
     *
     * @param share of the requests that were sent, 0 to 1
     */
    void note(double share, long residentBytes, long directBytes) {
        int tenth = Math.min(TENTHS - 1, (int) (share * TENTHS));
        resident.get(tenth).add(residentBytes);
        direct.get(tenth).add(directBytes);
    }

    /** The median of each tenth, in bytes; 0 where a tenth went by unseen. */
    long[] residentBytes() {
        return medians(resident);
    }

    /** The median of each tenth, in bytes: of buffers that the JDK counts. */
    long[] directBytes() {
        return medians(direct);
    }

    private static long[] medians(List<List<Long>> tenths) {
        return tenths.stream().mapToLong(MemoryTrend::median).toArray();
    }

    private static long median(List<Long> values) {
        Collections.sort(values);
        return values.isEmpty() ? 0 : values.get(values.size() / 2);
    }
}
