package io.ratemesh.benchmarks.idle;

import java.util.Locale;

/**
 * The resident memory of one front door, in bytes, and how many connections stayed.
 *
 * @param before after the warm-up, without a connection
 * @param idle with the idle ones
 * @param both with the active ones besides: the most that was seen
 * @param after when all have gone
 * @param open how many of the idle ones were open when the active ones had gone
 * @param perSecond requests of the active ones
 */
record MemoryUse(String contender, long before, long idle, long both, long after, long open, double perSecond) {

    private static final double BYTES_PER_MB = 1e6;
    private static final double BYTES_PER_KB = 1e3;

    /** Bytes that each idle one took. */
    double perIdle(int connections) {
        return (double) (idle - before) / connections;
    }

    /** Bytes that each active one took. */
    double perActive(int connections) {
        return (double) (both - idle) / connections;
    }

    /** A line of the table. */
    String row(IdlePlan plan) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f MB | %.0f MB | %.1f kB | %.0f MB | %.1f kB | %.0f MB | %,.0f | %,d |",
                contender,
                before / BYTES_PER_MB,
                idle / BYTES_PER_MB,
                perIdle(plan.idle()) / BYTES_PER_KB,
                both / BYTES_PER_MB,
                perActive(plan.active()) / BYTES_PER_KB,
                after / BYTES_PER_MB,
                perSecond,
                open);
    }
}
