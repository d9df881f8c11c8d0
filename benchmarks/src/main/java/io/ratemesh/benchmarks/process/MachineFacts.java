package io.ratemesh.benchmarks.process;

import java.util.Locale;

/**
 * The machine of a run.
 *
 * @param processor its model
 * @param processors number of them
 * @param memoryBytes in all; 0 if unknown
 * @param kernel name and version of the operating system
 * @param jdk that runs the benchmarks and the services
 */
public record MachineFacts(String processor, int processors, long memoryBytes, String kernel, String jdk) {

    private static final double BYTES_PER_GB = 1e9;

    /** For example {@code 2 × AMD EPYC, 8.2 GB, Linux 6.1.0, OpenJDK 64-Bit Server VM 17.0.15}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d × %s, %.1f GB, %s, %s",
                processors,
                processor,
                memoryBytes / BYTES_PER_GB,
                kernel,
                jdk);
    }
}
