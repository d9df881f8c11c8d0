package io.ratemesh.balancer.upstream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Requests under way, counted by each event loop in a cell of its own and added up by whoever asks: no loop ever waits for
 * another's write. The sum is of a moment ago, by as much as a write takes to be seen.
 */
final class InFlight {

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    /** With room on both sides, so that no two cells, nor a cell and a neighbour, share a cache line. */
    private static final int CELL_LONGS = 17;

    private static final int AT = 8;

    private volatile long[][] cells = {};

    /** A new loop's cell. */
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
