package io.ratemesh.model.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One currency's rates by the index of the row, a day or a minute, from the first it had one to the last; {@link PackedRate#NONE} in
 * the gaps between.
 */
final class RateColumn {

    private final int first;
    private final long[] rates;

    private RateColumn(int first, long[] rates) {
        this.first = first;
        this.rates = rates;
    }

    /** The column of a currency that is worth one euro on each of so many rows: the euro. */
    static RateColumn ones(int rows) {
        long[] ones = new long[rows];
        Arrays.fill(ones, PackedRate.ONE);
        return new RateColumn(0, ones);
    }

    /** The column with one rate, in one row. */
    static RateColumn single(int row, long rate) {
        return new RateColumn(row, new long[] {rate});
    }

    /**
     * The column with these rates.
     *
     * @param byRow packed rates by the index of the row; copied
     * @return null where there is no rate in any row
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

    /** The packed rate of a row, or {@link PackedRate#NONE}; any index may be asked. */
    long at(int row) {
        int index = row - first;
        return index >= 0 && index < rates.length ? rates[index] : PackedRate.NONE;
    }

    /** The rows with a rate, bit 0 for row 0; for a column of no more than 64 rows. */
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

    /** How many rows lie from the first to the last. */
    int length() {
        return rates.length;
    }

    /** The most decimals that any rate of the column has. */
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
