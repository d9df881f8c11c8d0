package io.ratemesh.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The median, the 99th percentile and the maximum of latencies in microseconds. */
public record LatencyPercentiles(int median, int p99, int max) {

    private static final double MICROS_PER_MILLI = 1000;

    /** Computes the percentiles; all are 0 without latencies. */
    public static LatencyPercentiles of(int[] micros) {
        int[] sorted = micros.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? new LatencyPercentiles(0, 0, 0)
                : new LatencyPercentiles(at(sorted, 0.5), at(sorted, 0.99), sorted[sorted.length - 1]);
    }

    /** The median of each figure. */
    public static LatencyPercentiles median(List<LatencyPercentiles> rounds) {
        return new LatencyPercentiles(
                (int) Median.of(rounds.stream().map(LatencyPercentiles::median).toList()),
                (int) Median.of(rounds.stream().map(LatencyPercentiles::p99).toList()),
                (int) Median.of(rounds.stream().map(LatencyPercentiles::max).toList()));
    }

    private static int at(int[] sorted, double fraction) {
        return sorted[(int) Math.ceil(fraction * sorted.length) - 1];
    }

    /** {@code 12 / 80 / 95 ms}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f / %.0f / %.0f ms",
                median / MICROS_PER_MILLI,
                p99 / MICROS_PER_MILLI,
                max / MICROS_PER_MILLI);
    }
}
