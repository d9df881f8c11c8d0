package io.ratemesh.model.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Reads the format of {@link VarintWriter}; throws an {@link IllegalArgumentException} for any other bytes. */
final class VarintReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    /** Creates a reader of the bytes before {@code end}. */
    VarintReader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** A number that is not negative. */
    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number that does not end at byte " + at);
    }

    /** A number from 0 to {@code max}. */
    int unsigned(int max, String what) {
        long value = unsigned();
        if (value > max) {
            throw new IllegalArgumentException(what + ": " + value + "; must be at most " + max);
        }
        return (int) value;
    }

    /** A number of elements, at most the number of remaining bytes, so that a wrong number cannot exhaust the memory. */
    int count(String what) {
        return unsigned(end - at, what);
    }

    /** Letters of one byte each. */
    String ascii(int length) {
        if (end - at < length) {
            throw new IllegalArgumentException("truncated at byte " + at);
        }
        String letters = new String(bytes, at, length, US_ASCII);
        at += length;
        return letters;
    }

    boolean atEnd() {
        return at == end;
    }

    private byte next() {
        if (at == end) {
            throw new IllegalArgumentException("truncated at byte " + at);
        }
        return bytes[at++];
    }
}
