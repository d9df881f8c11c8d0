package io.ratemesh.model.history;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * A history as bytes, the same in the shared cache, on disk and in the jar. No rate is rounded, and a torn or altered
 * copy is refused by its checksum:
 *
 * <pre>
 * "RMH1"
 * number of days, first epoch day + 2^31, then for each later day its distance from the one before
 * number of currencies, then for each, in the order of the codes:
 *   its three letters, index of its first day, number of days to its last, decimals of its column
 *   for each of these days 0 for no rate, else 1 + zigzag(rate - rate before), counted in units of the last decimal
 * CRC-32C of all that, 4 bytes, high byte first
 * </pre>
 *
 * Numbers have seven bits a byte, the low ones first. Most rates move by less than 64 units a day and so take one byte
 * or two.
 */
public final class HistoryCodec {

    private static final String HEADER = "RMH1";
    private static final int CODE_LENGTH = 3;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private HistoryCodec() {}

    /** Writes a history. */
    public static byte[] encode(RateHistory history) {
        VarintWriter out = new VarintWriter();
        out.ascii(HEADER);
        out.unsigned(history.days());
        long before = Integer.MIN_VALUE;
        for (int i = 0; i < history.days(); i++) {
            out.unsigned(history.epochDay(i) - before);
            before = history.epochDay(i);
        }
        out.unsigned(history.codes().size());
        for (String code : history.codes()) {
            out.ascii(code);
            write(Objects.requireNonNull(history.column(code), code), out);
        }
        byte[] body = out.toByteArray();
        return ByteBuffer.allocate(body.length + CHECKSUM_BYTES)
                .put(body)
                .putInt(checksum(body, body.length))
                .array();
    }

    /**
     * Reads a history.
     *
     * @param bytes what {@link #encode} wrote
     * @throws IllegalArgumentException where it is cut short, altered or of another format; the message says which
     */
    public static RateHistory decode(byte[] bytes) {
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < HEADER.length()) {
            throw new IllegalArgumentException("a history of " + bytes.length + " bytes: cut short");
        }
        int written = ByteBuffer.wrap(bytes).getInt(end);
        int computed = checksum(bytes, end);
        if (written != computed) {
            throw new IllegalArgumentException("a history with checksum " + Integer.toHexString(computed)
                    + " (expected: " + Integer.toHexString(written) + "): cut short or altered");
        }
        VarintReader in = new VarintReader(bytes, end);
        if (!HEADER.equals(in.ascii(HEADER.length()))) {
            throw new IllegalArgumentException("bytes of another format (expected: " + HEADER + ")");
        }
        int[] days = days(in);
        Map<String, RateColumn> columns = new HashMap<>();
        int currencies = in.count("currencies");
        String codeBefore = "";
        for (int i = 0; i < currencies; i++) {
            String code = in.ascii(CODE_LENGTH);
            if (code.compareTo(codeBefore) <= 0) {
                throw new IllegalArgumentException("currency " + code + " after " + codeBefore);
            }
            columns.put(code, column(in, days.length));
            codeBefore = code;
        }
        if (!in.atEnd()) {
            throw new IllegalArgumentException("bytes after the last currency");
        }
        return new RateHistory(days, columns);
    }

    private static void write(RateColumn column, VarintWriter out) {
        int scale = column.scale();
        out.unsigned(column.first());
        out.unsigned(column.length());
        out.unsigned(scale);
        long before = 0;
        for (int day = column.first(); day <= column.last(); day++) {
            if (column.at(day) == PackedRate.NONE) {
                out.unsigned(0);
            } else {
                long rate = PackedRate.unscaled(column.at(day), scale);
                long step = rate - before;
                out.unsigned(1 + ((step << 1) ^ (step >> 63)));
                before = rate;
            }
        }
    }

    private static int[] days(VarintReader in) {
        int[] days = new int[in.count("days")];
        long day = Integer.MIN_VALUE;
        for (int i = 0; i < days.length; i++) {
            long step = in.unsigned();
            if (step > Integer.MAX_VALUE - day || (i > 0 && step == 0)) {
                throw new IllegalArgumentException("day " + i + ": " + step + " days after the one before");
            }
            day += step;
            days[i] = (int) day;
        }
        return days;
    }

    private static RateColumn column(VarintReader in, int days) {
        int first = in.unsigned(days, "first day");
        int length = in.unsigned(days - first, "days of a currency");
        int scale = in.unsigned(PackedRate.MAX_DECIMALS, "decimals");
        long[] byDay = new long[days];
        long rate = 0;
        for (int day = first; day < first + length; day++) {
            long token = in.unsigned();
            if (token > 0) {
                rate += ((token - 1) >>> 1) ^ -((token - 1) & 1);
                byDay[day] = PackedRate.pack(rate, scale);
            }
        }
        RateColumn column = RateColumn.of(byDay);
        if (column == null) {
            throw new IllegalArgumentException("a currency without a rate");
        }
        return column;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
