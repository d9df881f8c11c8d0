package io.ratemesh.benchmarks.growth;

import io.ratemesh.benchmarks.report.Table;
import java.util.List;

/**
 * How a cost depends on a size.
 *
 * @param ratio the last cost divided by the first
 * @param exponent of the size in the power law that fits best (least squares of the logarithms); 0 is flat, 1 is linear
 */
record GrowthFit(double ratio, double exponent) {

    private static final double FLAT_WITHIN = 1.5;

    /**
     * Fits a power law.
     *
     * @param sizes above zero, in ascending order
     * @param costs above zero, one for each size
     */
    static GrowthFit of(List<Integer> sizes, List<Double> costs) {
        int count = sizes.size();
        double meanX = sizes.stream().mapToDouble(Math::log).average().orElse(0);
        double meanY = costs.stream().mapToDouble(Math::log).average().orElse(0);
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < count; i++) {
            double x = Math.log(sizes.get(i)) - meanX;
            covariance += x * (Math.log(costs.get(i)) - meanY);
            variance += x * x;
        }
        return new GrowthFit(costs.get(count - 1) / costs.get(0), variance == 0 ? 0 : covariance / variance);
    }

    boolean isFlat() {
        return ratio <= FLAT_WITHIN && ratio >= 1 / FLAT_WITHIN;
    }

    /** For example {@code grows with size^0.42 (last ÷ first: 3.10)}. */
    @Override
    public String toString() {
        String shape = isFlat() ? "flat" : (ratio > 1 ? "grows" : "falls") + " with size^" + Table.decimal(exponent, 2);
        return shape + " (last ÷ first: " + Table.decimal(ratio, 2) + ")";
    }
}
