package io.ratemesh.benchmarks.idle;

import io.ratemesh.benchmarks.report.Table;

/**
 * The resident memory of one contender in bytes.
 *
 * @param before without connections, after the warm-up
 * @param idle with the idle connections
 * @param most the largest value with the active connections in addition
 * @param after when all connections are closed
 * @param open idle connections that were still open at the end of the load
 * @param perSecond requests per second of the active connections
 */
record MemoryUse(String contender, long before, long idle, long most, long after, long open, double perSecond) {

    private static final double BYTES_PER_KB = 1e3;
    private static final double BYTES_PER_MB = 1e6;

    /** Without the memory of the process itself. */
    double kilobytesPerIdle(int idleConnections) {
        return (idle - before) / BYTES_PER_KB / idleConnections;
    }

    double mostMegabytes() {
        return most / BYTES_PER_MB;
    }

    void addTo(Table table, int idleConnections, int activeConnections) {
        table.row(
                contender,
                Table.megabytes(before),
                Table.megabytes(idle),
                Table.decimal(kilobytesPerIdle(idleConnections), 1) + " kB",
                Table.megabytes(most),
                Table.decimal((most - idle) / BYTES_PER_KB / activeConnections, 1) + " kB",
                Table.megabytes(after),
                Table.number(perSecond),
                Table.number(open));
    }
}
