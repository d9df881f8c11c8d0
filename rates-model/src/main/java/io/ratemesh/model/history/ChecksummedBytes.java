package io.ratemesh.model.history;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Bytes with a header of four letters and a trailing checksum: the CRC-32C of all bytes before, 4 bytes, high byte first.
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

    /** The written bytes and their checksum. */
    static byte[] seal(VarintWriter out) {
        byte[] body = out.toByteArray();
        return ByteBuffer.allocate(body.length + CHECKSUM_BYTES)
                .put(body)
                .putInt(checksum(body, body.length))
                .array();
    }

    /**
     * A reader of the bytes between header and checksum.
     *
     * @param header the expected header
     * @param what the name of the content, for the message: {@code a history}
     * @throws IllegalArgumentException if the bytes are truncated, altered or in another format
     */
    static VarintReader open(byte[] bytes, String header, String what) {
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < header.length()) {
            throw new IllegalArgumentException(what + " of " + bytes.length + " bytes: truncated");
        }
        int written = ByteBuffer.wrap(bytes).getInt(end);
        int computed = checksum(bytes, end);
        if (written != computed) {
            throw new IllegalArgumentException(what + " with checksum " + Integer.toHexString(computed) + "; must be "
                    + Integer.toHexString(written) + ": truncated or altered");
        }
        VarintReader in = new VarintReader(bytes, end);
        if (!header.equals(in.ascii(header.length()))) {
            throw new IllegalArgumentException("another format; must be " + header);
        }
        return in;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
