package io.ratemesh.benchmarks.load;

import java.util.Collection;

/** The middle of several values: one round that a neighbour disturbed does not move it. */
public final class Median {

    private Median() {}

    /** Of an even number of values the mean of the two in the middle; of none, 0. */
    public static double of(Collection<? extends Number> values) {
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
