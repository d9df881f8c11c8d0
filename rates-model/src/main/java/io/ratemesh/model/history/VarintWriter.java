package io.ratemesh.model.history;

import java.io.ByteArrayOutputStream;

/** Writes whole numbers of variable length: seven bits per byte, the low ones first; the top bit is set if more follow. */
final class VarintWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Writes a number that is not negative. */
    void unsigned(long value) {
        long rest = value;
        while (rest >= 0x80) {
            bytes.write(((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** Writes letters of one byte each. */
    void ascii(String letters) {
        letters.chars().forEach(bytes::write);
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
