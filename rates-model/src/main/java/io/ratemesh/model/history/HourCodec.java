package io.ratemesh.model.history;

import java.util.Map;

/**
 * The byte format of an hour of minutes, in the shared cache, on the event bus and on disk. A truncated or altered copy is
 * rejected by its checksum:
 *
 * <pre>
 * "RMM1"
 * epoch hour, then the minutes with simulated rates, as a number with bit 0 for minute 0
 * the rates by currency, see {@link ColumnCodec}
 * CRC-32C of all bytes before, see {@link ChecksummedBytes}
 * </pre>
 *
 * Numbers have seven bits per byte, the low ones first.
 */
public final class HourCodec {

    private static final String HEADER = "RMM1";

    private HourCodec() {}

    /** Encodes an hour. */
    public static byte[] encode(HourOfMinutes hour) {
        VarintWriter out = ChecksummedBytes.begin(HEADER);
        out.unsigned(hour.epochHour());
        out.unsigned(hour.simulatedMinutes());
        ColumnCodec.write(hour.columns(), out);
        return ChecksummedBytes.seal(out);
    }

    /**
     * Decodes an hour.
     *
     * @throws IllegalArgumentException if the bytes are truncated, altered or in another format
     */
    public static HourOfMinutes decode(byte[] bytes) {
        VarintReader in = ChecksummedBytes.open(bytes, HEADER, "an hour of minutes");
        int epochHour = in.unsigned(HourOfMinutes.MAX_HOUR, "epoch hour");
        long simulated = in.unsigned();
        Map<String, RateColumn> columns = ColumnCodec.read(in, HourOfMinutes.MINUTES);
        HourOfMinutes hour = new HourOfMinutes(epochHour, columns, simulated);
        if ((simulated & ~hour.minutes()) != 0) {
            throw new IllegalArgumentException("a simulated minute without rates");
        }
        return hour;
    }
}
