package io.ratemesh.benchmarks.load;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The request rate for comparing latencies: 70 % of the slowest compared contender's peak. At its own peak, a server's latency is
 * only the length of its queue.
 */
public record LatencyRate(double perSecond) {

    private static final double FRACTION = 0.7;

    /** A contender with a lower peak than the rate times this would only show its queue. */
    private static final double HEADROOM = 1.05;

    /**
     * Chooses the rate.
     *
     * @param peaks requests per second by contender
     * @param compared the contenders that decide; all contenders if one of these is missing
     */
    public static LatencyRate of(Map<String, Double> peaks, Set<String> compared) {
        Collection<Double> relevant = peaks.keySet().containsAll(compared)
                ? compared.stream().map(name -> peaks.getOrDefault(name, 0.0)).toList()
                : List.copyOf(peaks.values());
        double slowest =
                relevant.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        return new LatencyRate(Math.floor(FRACTION * slowest));
    }

    /** Whether a contender with this peak can sustain the rate. */
    public boolean isSustainable(double peak) {
        return peak >= HEADROOM * perSecond;
    }
}
