package io.ratemesh.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Half are no later, 99 of 100 are no later, and all: in microseconds. */
public record Spread(int median, int p99, int max) {

    private static final double MICROS_PER_MILLI = 1000;

    /** Of none, 0 in all. */
    public static Spread of(int[] micros) {
        int[] sorted = micros.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? new Spread(0, 0, 0)
                : new Spread(at(sorted, 0.5), at(sorted, 0.99), sorted[sorted.length - 1]);
    }

    /** The median of each figure by itself. */
    public static Spread median(List<Spread> spreads) {
        return new Spread(
                (int) Median.of(spreads.stream().map(Spread::median).toList()),
                (int) Median.of(spreads.stream().map(Spread::p99).toList()),
                (int) Median.of(spreads.stream().map(Spread::max).toList()));
    }

    private static int at(int[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
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
