package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.load.LatencyPercentiles;

/**
 * What one server has done for a number of readers.
 *
 * @param deliveries events that readers received
 * @param updates that were published
 * @param cpuSeconds CPU time of the server for them
 * @param lastReader microseconds from the publication of an update to its last reader
 * @param residentBytes memory of the server at most
 */
public record StreamRound(
        int readers,
        long deliveries,
        int updates,
        double cpuSeconds,
        LatencyPercentiles lastReader,
        long residentBytes) {

    private static final double MICROS_PER_SECOND = 1e6;

    public double deliveriesPerCpuSecond() {
        return deliveries / cpuSeconds;
    }

    public double cpuMicrosPerDelivery() {
        return cpuSeconds * MICROS_PER_SECOND / deliveries;
    }

    public double cpuMicrosPerUpdate() {
        return cpuSeconds * MICROS_PER_SECOND / updates;
    }

    /** kB above the memory without readers. */
    public double kilobytesPerReader(long residentWithoutReaders) {
        return (residentBytes - residentWithoutReaders) / 1e3 / readers;
    }
}
