package io.ratemesh.model.history;

import java.util.Map;

/** What things weigh on the heap of a 64-bit HotSpot with compressed pointers, rounded up to 8 bytes. */
final class HeapBytes {

    /** A pointer. */
    private static final int POINTER = 4;

    /** An object with a header and up to three pointers or numbers. */
    static final int OBJECT = 24;

    /** A Latin-1 string of three letters: the object and its array of bytes. */
    private static final int STRING_OF_THREE = OBJECT + 24;

    private static final int ARRAY_HEADER = 16;

    private HeapBytes() {}

    /** An array of so many elements of so many bytes. */
    static long array(long length, int elementBytes) {
        return (ARRAY_HEADER + length * elementBytes + 7) / 8 * 8;
    }

    /** One column of rates. */
    static long column(RateColumn column) {
        return OBJECT + array(column.length(), Long.BYTES);
    }

    /** Columns with their codes, in an immutable map: its table has four pointers an entry. */
    static long columns(Map<String, RateColumn> columns) {
        long bytes = array(4L * columns.size(), POINTER);
        for (RateColumn column : columns.values()) {
            bytes += STRING_OF_THREE + column(column);
        }
        return bytes;
    }
}
