package io.ratemesh.model.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rates of one currency by row, a day or a minute, from the first with a rate to the last; {@link PackedRate#NONE} in the
 * gaps.
 */
final class RateColumn {

    private final int first;
    private final long[] rates;

    private RateColumn(int first, long[] rates) {
        this.first = first;
        this.rates = rates;
    }

    /** The column of the euro: one in every row. */
    static RateColumn ones(int rows) {
        long[] ones = new long[rows];
        Arrays.fill(ones, PackedRate.ONE);
        return new RateColumn(0, ones);
    }

    /** A column with one rate. */
    static RateColumn single(int row, long rate) {
        return new RateColumn(row, new long[] {rate});
    }

    /**
     * A column with these rates.
     *
     * @param byRow packed rates by row; copied
     * @return null if no row has a rate
     */
    static @Nullable RateColumn of(long[] byRow) {
        int from = 0;
        int until = byRow.length;
        while (from < until && byRow[from] == PackedRate.NONE) {
            from++;
        }
        while (until > from && byRow[until - 1] == PackedRate.NONE) {
            until--;
        }
        return from == until ? null : new RateColumn(from, Arrays.copyOfRange(byRow, from, until));
    }

    /** The packed rate of a row, or {@link PackedRate#NONE}; any index is allowed. */
    long at(int row) {
        int index = row - first;
        return index >= 0 && index < rates.length ? rates[index] : PackedRate.NONE;
    }

    /** The rows with a rate, bit 0 for row 0; only for a column of at most 64 rows. */
    long rows() {
        long rows = 0;
        for (int i = 0; i < rates.length; i++) {
            rows |= rates[i] == PackedRate.NONE ? 0 : 1L << (first + i);
        }
        return rows;
    }

    /** The index of the first row with a rate. */
    int first() {
        return first;
    }

    /** The index of the last row with a rate. */
    int last() {
        return first + rates.length - 1;
    }

    /** The number of rows from the first to the last. */
    int length() {
        return rates.length;
    }

    /** The largest number of decimals of its rates. */
    int scale() {
        int scale = 0;
        for (long rate : rates) {
            scale = Math.max(scale, PackedRate.scale(rate));
        }
        return scale;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RateColumn column && first == column.first && Arrays.equals(rates, column.rates);
    }

    @Override
    public int hashCode() {
        return 31 * first + Arrays.hashCode(rates);
    }
}
