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

    void addTo(Table table, int idleConnections, int activeConnections) {
        table.row(
                contender,
                Table.megabytes(before),
                Table.megabytes(idle),
                Table.decimal((idle - before) / BYTES_PER_KB / idleConnections, 1) + " kB",
                Table.megabytes(most),
                Table.decimal((most - idle) / BYTES_PER_KB / activeConnections, 1) + " kB",
                Table.megabytes(after),
                Table.number(perSecond),
                Table.number(open));
    }
}
