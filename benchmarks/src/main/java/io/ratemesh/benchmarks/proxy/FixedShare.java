package io.ratemesh.benchmarks.proxy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rate at which latencies are compared: 70 % of what the slower of two can do. At its own peak a server only shows how long
 * its queue is.
 */
record FixedShare(double perSecond) {

    private static final double SHARE = 0.7;

    /** Who can do less than this more than the rate, has no latency but a queue. */
    private static final double HEADROOM = 1.05;

    /**
     * Of those whose ratio is wanted; where they are not all there, of all.
     *
     * @param peaks requests a second, by name
     */
    static FixedShare of(Map<String, Double> peaks, Set<String> wanted) {
        Collection<Double> those = peaks.keySet().containsAll(wanted)
                ? wanted.stream().map(name -> peaks.getOrDefault(name, 0.0)).toList()
                : List.copyOf(peaks.values());
        return new FixedShare(Math.floor(
                SHARE * those.stream().mapToDouble(Double::doubleValue).min().orElse(0)));
    }

    /** Whether one with this peak can be asked for it. */
    boolean isWithin(double peak) {
        return peak >= HEADROOM * perSecond;
    }
}
