package io.ratemesh.model.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One currency's rates by the index of the day, from the first day it had one to the last; {@link PackedRate#NONE} in
 * the gaps between.
 */
final class RateColumn {

    private final int first;
    private final long[] rates;

    private RateColumn(int first, long[] rates) {
        this.first = first;
        this.rates = rates;
    }

    /** The column of a currency that is worth one euro on each of so many days: the euro. */
    static RateColumn ones(int days) {
        long[] ones = new long[days];
        Arrays.fill(ones, PackedRate.ONE);
        return new RateColumn(0, ones);
    }

    /**
     * The column with these rates.
     *
     * @param byDay packed rates by the index of the day; copied
     * @return null where there is no rate on any day
     */
    static @Nullable RateColumn of(long[] byDay) {
        int from = 0;
        int until = byDay.length;
        while (from < until && byDay[from] == PackedRate.NONE) {
            from++;
        }
        while (until > from && byDay[until - 1] == PackedRate.NONE) {
            until--;
        }
        return from == until ? null : new RateColumn(from, Arrays.copyOfRange(byDay, from, until));
    }

    /** The packed rate on a day, or {@link PackedRate#NONE}; any index may be asked. */
    long at(int day) {
        int index = day - first;
        return index >= 0 && index < rates.length ? rates[index] : PackedRate.NONE;
    }

    /** The index of the first day with a rate. */
    int first() {
        return first;
    }

    /** The index of the last day with a rate. */
    int last() {
        return first + rates.length - 1;
    }

    /** How many days lie from the first to the last. */
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
