package io.ratemesh.benchmarks.load;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.HdrHistogram.Histogram;

/** Percentiles and the maximum of latencies in microseconds, with an error of at most a thousandth. */
public record LatencyPercentiles(int median, int p99, int p999, int max) {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1000;

    /** Of less than a thousand latencies, the p99.9 of which is the largest. */
    public LatencyPercentiles(int median, int p99, int max) {
        this(median, p99, max, max);
    }

    /** An empty histogram for latencies in microseconds. */
    static Histogram histogram() {
        return new Histogram(SIGNIFICANT_DIGITS);
    }

    /** Computes the percentiles; all are 0 without latencies. */
    public static LatencyPercentiles of(int[] micros) {
        Histogram histogram = histogram();
        for (int value : micros) {
            histogram.recordValue(value);
        }
        return of(histogram);
    }

    static LatencyPercentiles of(Histogram micros) {
        return new LatencyPercentiles(
                (int) micros.getValueAtPercentile(50),
                (int) micros.getValueAtPercentile(99),
                (int) micros.getValueAtPercentile(99.9),
                (int) micros.getMaxValue());
    }

    /** The percentiles of all latencies together. */
    static LatencyPercentiles of(Collection<Histogram> micros) {
        Histogram all = histogram();
        micros.forEach(all::add);
        return of(all);
    }

    /** The median of each figure. */
    public static LatencyPercentiles median(List<LatencyPercentiles> rounds) {
        return new LatencyPercentiles(
                median(rounds, LatencyPercentiles::median),
                median(rounds, LatencyPercentiles::p99),
                median(rounds, LatencyPercentiles::p999),
                median(rounds, LatencyPercentiles::max));
    }

    private static int median(List<LatencyPercentiles> rounds, ToIntFunction<LatencyPercentiles> figure) {
        return (int) Median.of(rounds.stream().mapToInt(figure).boxed().toList());
    }

    /** p50, p99 and maximum: {@code 12 / 80 / 95 ms}. */
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
