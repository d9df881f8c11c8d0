package io.ratemesh.model.history;

/**
 * The byte format of a history, in the shared cache, on disk and in the jar. No rate is rounded; a truncated or altered copy
 * is rejected by its checksum:
 *
 * <pre>
 * "RMH1"
 * number of days, first epoch day + 2^31, then for each later day its distance from the one before
 * the rates by currency, see {@link ColumnCodec}
 * CRC-32C of all bytes before, see {@link ChecksummedBytes}
 * </pre>
 *
 * Numbers have seven bits per byte, the low ones first. Most rates change by less than 64 units a day and take one or two
 * bytes.
 */
public final class HistoryCodec {

    private static final String HEADER = "RMH1";

    private HistoryCodec() {}

    /** Encodes a history. */
    public static byte[] encode(RateHistory history) {
        VarintWriter out = ChecksummedBytes.begin(HEADER);
        out.unsigned(history.days());
        long before = Integer.MIN_VALUE;
        for (int i = 0; i < history.days(); i++) {
            out.unsigned(history.epochDay(i) - before);
            before = history.epochDay(i);
        }
        ColumnCodec.write(history.columns(), out);
        return ChecksummedBytes.seal(out);
    }

    /**
     * Decodes a history.
     *
     * @throws IllegalArgumentException if the bytes are truncated, altered or in another format
     */
    public static RateHistory decode(byte[] bytes) {
        VarintReader in = ChecksummedBytes.open(bytes, HEADER, "a history");
        int[] days = days(in);
        return new RateHistory(days, ColumnCodec.read(in, days.length));
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
}
