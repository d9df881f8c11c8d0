package io.ratemesh.balancer.upstream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Counts requests under way, with one cell per event loop, so that loops never contend. The sum may lag by the time a write takes to
 * become visible.
 */
final class InFlight {

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    /** With room on both sides, so that no two cells, nor a cell and a neighbour, share a cache line. */
    private static final int CELL_LONGS = 17;

    private static final int AT = 8;

    private volatile long[][] cells = {};

    /** A cell for one more event loop. */
    synchronized long[] newCell() {
        long[][] more = Arrays.copyOf(cells, cells.length + 1);
        long[] cell = new long[CELL_LONGS];
        more[more.length - 1] = cell;
        cells = more;
        return cell;
    }

    /** Changes a cell. Only the loop that it belongs to calls this. */
    static void add(long[] cell, int amount) {
        CELL.setOpaque(cell, AT, cell[AT] + amount);
    }

    static long get(long[] cell) {
        return (long) CELL.getOpaque(cell, AT);
    }

    long sum() {
        long sum = 0;
        for (long[] cell : cells) {
            sum += get(cell);
        }
        return sum;
    }
}
