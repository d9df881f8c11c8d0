package io.ratemesh.model.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The byte format of columns of rates; a row is a day or a minute:
 *
 * <pre>
 * number of currencies, then for each, in the order of the codes:
 *   its three letters, index of its first row, number of rows to its last, decimals of its column
 *   for each of these rows 0 for no rate, else 1 + zigzag(rate - rate before), counted in units of the last decimal
 * </pre>
 */
final class ColumnCodec {

    private static final int CODE_LENGTH = 3;

    private ColumnCodec() {}

    static void write(Map<String, RateColumn> columns, VarintWriter out) {
        out.unsigned(columns.size());
        new TreeMap<>(columns).forEach((code, column) -> {
            out.ascii(code);
            write(column, out);
        });
    }

    /**
     * Reads columns up to the last byte.
     *
     * @param rows the number of rows
     * @throws IllegalArgumentException if the bytes have another format
     */
    static Map<String, RateColumn> read(VarintReader in, int rows) {
        Map<String, RateColumn> columns = new HashMap<>();
        int currencies = in.count("currencies");
        String codeBefore = "";
        for (int i = 0; i < currencies; i++) {
            String code = in.ascii(CODE_LENGTH);
            if (code.compareTo(codeBefore) <= 0) {
                throw new IllegalArgumentException("currency " + code + " after " + codeBefore);
            }
            columns.put(code, column(in, rows));
            codeBefore = code;
        }
        if (!in.atEnd()) {
            throw new IllegalArgumentException("bytes after the last currency");
        }
        return columns;
    }

    private static void write(RateColumn column, VarintWriter out) {
        int scale = column.scale();
        out.unsigned(column.first());
        out.unsigned(column.length());
        out.unsigned(scale);
        long before = 0;
        for (int row = column.first(); row <= column.last(); row++) {
            if (column.at(row) == PackedRate.NONE) {
                out.unsigned(0);
            } else {
                long rate = PackedRate.unscaled(column.at(row), scale);
                long step = rate - before;
                out.unsigned(1 + ((step << 1) ^ (step >> 63)));
                before = rate;
            }
        }
    }

    private static RateColumn column(VarintReader in, int rows) {
        int first = in.unsigned(rows, "first row");
        int length = in.unsigned(rows - first, "rows of a currency");
        int scale = in.unsigned(PackedRate.MAX_DECIMALS, "decimals");
        long[] byRow = new long[rows];
        long rate = 0;
        for (int row = first; row < first + length; row++) {
            long token = in.unsigned();
            if (token > 0) {
                rate += ((token - 1) >>> 1) ^ -((token - 1) & 1);
                byRow[row] = PackedRate.pack(rate, scale);
            }
        }
        RateColumn column = RateColumn.of(byRow);
        if (column == null) {
            throw new IllegalArgumentException("a currency without a rate");
        }
        return column;
    }
}
