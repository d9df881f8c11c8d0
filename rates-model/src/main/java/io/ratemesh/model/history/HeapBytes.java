package io.ratemesh.model.history;

import java.util.Map;

/** Sizes on the heap of a 64-bit HotSpot JVM with compressed pointers, rounded up to 8 bytes. */
final class HeapBytes {

    /** A pointer. */
    private static final int POINTER = 4;

    /** An object with a header and up to three pointers or numbers. */
    static final int OBJECT = 24;

    /** A Latin-1 string of three letters: the object and its array of bytes. */
    private static final int STRING_OF_THREE = OBJECT + 24;

    private static final int ARRAY_HEADER = 16;

    private HeapBytes() {}

    /** The size of an array. */
    static long array(long length, int elementBytes) {
        return (ARRAY_HEADER + length * elementBytes + 7) / 8 * 8;
    }

    /** The size of one column of rates. */
    static long column(RateColumn column) {
        return OBJECT + array(column.length(), Long.BYTES);
    }

    /** The size of columns with their codes in an immutable map, whose table has four pointers per entry. */
    static long columns(Map<String, RateColumn> columns) {
        long bytes = array(4L * columns.size(), POINTER);
        for (RateColumn column : columns.values()) {
            bytes += STRING_OF_THREE + column(column);
        }
        return bytes;
    }
}
