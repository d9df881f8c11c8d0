package io.ratemesh.model.history;

import java.util.Map;

/**
 * The points of an hour as bytes, the same in the shared cache, on the event bus and on disk. A torn or altered copy is
 * refused by its checksum:
 *
 * <pre>
 * "RMM1"
 * epoch hour, then the minutes whose points are made up, as a number with bit 0 for minute 0
 * the rates by currency, as {@link ColumnCodec} has them
 * CRC-32C of all that, as {@link ChecksummedBytes} has it
 * </pre>
 *
 * Numbers have seven bits a byte, the low ones first.
 */
public final class HourCodec {

    private static final String HEADER = "RMM1";

    private HourCodec() {}

    /** Writes an hour. */
    public static byte[] encode(HourOfMinutes hour) {
        VarintWriter out = ChecksummedBytes.begin(HEADER);
        out.unsigned(hour.epochHour());
        out.unsigned(hour.simulatedMinutes());
        ColumnCodec.write(hour.columns(), out);
        return ChecksummedBytes.seal(out);
    }

    /**
     * Reads an hour.
     *
     * @param bytes what {@link #encode} wrote
     * @throws IllegalArgumentException where it is cut short, altered or of another format; the message says which
     */
    public static HourOfMinutes decode(byte[] bytes) {
        VarintReader in = ChecksummedBytes.open(bytes, HEADER, "an hour of minutes");
        int epochHour = in.unsigned(HourOfMinutes.MAX_HOUR, "epoch hour");
        long simulated = in.unsigned();
        Map<String, RateColumn> columns = ColumnCodec.read(in, HourOfMinutes.MINUTES);
        HourOfMinutes hour = new HourOfMinutes(epochHour, columns, simulated);
        if ((simulated & ~hour.minutes()) != 0) {
            throw new IllegalArgumentException("a made up point in a minute without one");
        }
        return hour;
    }
}
