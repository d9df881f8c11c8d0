package io.ratemesh.benchmarks.start;

import io.ratemesh.benchmarks.load.Median;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a start took.
 *
 * @param seconds until the first response
 * @param cpuSeconds of the process until then, user and system
 * @param residentBytes some time later
 */
record StartCost(double seconds, double cpuSeconds, long residentBytes) {

    /** The median of each figure. */
    static StartCost median(Collection<StartCost> starts) {
        return new StartCost(median(starts, StartCost::seconds), median(starts, StartCost::cpuSeconds), (long)
                median(starts, StartCost::residentBytes));
    }

    private static double median(Collection<StartCost> starts, ToDoubleFunction<StartCost> figure) {
        List<Double> values = starts.stream().map(figure::applyAsDouble).toList();
        return Median.of(values);
    }
}
