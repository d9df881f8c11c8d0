package io.ratemesh.benchmarks.load;

import java.util.Collection;

/** The median, which one disturbed round does not move. */
public final class Median {

    private Median() {}

    /** The mean of the two middle values if their number is even; 0 without values. */
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
