package io.ratemesh.benchmarks.growth;

import io.ratemesh.benchmarks.report.Measure;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was measured at one size.
 *
 * @param size in the unit of the sweep
 * @param values in the order of {@link Measure}
 */
record GrowthPoint(int size, Map<Measure, Double> values) {

    GrowthPoint {
        values = new EnumMap<>(values);
        if (values.getOrDefault(Measure.REQUESTS, 1.0) == 0) {
            throw new IllegalStateException(
                    "no response at size " + size + ", so its cost is unknown; use a larger --seconds");
        }
    }

    double value(Measure measure) {
        return values.getOrDefault(measure, Double.NaN);
    }
}
