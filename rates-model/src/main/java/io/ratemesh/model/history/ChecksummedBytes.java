package io.ratemesh.model.history;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Bytes that say what they are and whether they are whole: a word of four letters in front, and behind all the CRC-32C
 * of it, 4 bytes, high byte first.
 */
final class ChecksummedBytes {

    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private ChecksummedBytes() {}

    /** A writer that has written the header. */
    static VarintWriter begin(String header) {
        VarintWriter out = new VarintWriter();
        out.ascii(header);
        return out;
    }

    /** All that was written, and its checksum. */
    static byte[] seal(VarintWriter out) {
        byte[] body = out.toByteArray();
        return ByteBuffer.allocate(body.length + CHECKSUM_BYTES)
                .put(body)
                .putInt(checksum(body, body.length))
                .array();
    }

    /**
     * A reader of what follows the header and ends before the checksum.
     *
     * @param header the format they should have
     * @param what they are, for the message: {@code a history}
     * @throws IllegalArgumentException where they are cut short, altered or of another format; the message says which
     */
    static VarintReader open(byte[] bytes, String header, String what) {
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < header.length()) {
            throw new IllegalArgumentException(what + " of " + bytes.length + " bytes: cut short");
        }
        int written = ByteBuffer.wrap(bytes).getInt(end);
        int computed = checksum(bytes, end);
        if (written != computed) {
            throw new IllegalArgumentException(what + " with checksum " + Integer.toHexString(computed) + " (expected: "
                    + Integer.toHexString(written) + "): cut short or altered");
        }
        VarintReader in = new VarintReader(bytes, end);
        if (!header.equals(in.ascii(header.length()))) {
            throw new IllegalArgumentException("bytes of another format (expected: " + header + ")");
        }
        return in;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
