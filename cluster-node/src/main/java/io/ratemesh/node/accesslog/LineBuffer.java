package io.ratemesh.node.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds lines as bytes, without a string for each number. One thread uses it. */
public final class LineBuffer {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final int MAX_DIGITS = 20;

    private final byte[] digits = new byte[MAX_DIGITS];
    private byte[] bytes = new byte[64 * 1024];
    private int length;

    int length() {
        return length;
    }

    /** Writes all bytes to {@code out}, and empties this buffer also if that fails. */
    public void moveTo(OutputStream out) throws IOException {
        try {
            out.write(bytes, 0, length);
        } finally {
            length = 0;
        }
    }

    /** Appends one byte. */
    public LineBuffer append(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** Appends ASCII text. */
    public LineBuffer text(String text) {
        int count = text.length();
        reserve(count);
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < count; i++) {
            to[at + i] = (byte) text.charAt(i);
        }
        length = at + count;
        return this;
    }

    /** Appends a decimal number. */
    public LineBuffer number(long number) {
        if (number < 0) {
            // Long.MIN_VALUE has no positive counterpart; no count comes near.
            append('-');
            return number(Math.max(-number, 0));
        }
        int at = MAX_DIGITS;
        long left = number;
        do {
            digits[--at] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        int count = MAX_DIGITS - at;
        reserve(count);
        System.arraycopy(digits, at, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends a number with leading zeros. */
    public LineBuffer number(long number, int width) {
        for (long least = power(width - 1); number < least && least > 1; least /= 10) {
            append('0');
        }
        return number(number);
    }

    /** Appends text as HAProxy escapes it within quotes: {@code "}, {@code #} and all but printable ASCII become {@code #XX}. */
    public LineBuffer hashEscaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '#' || c < ' ' || c >= 0x7f) {
                if (c > 0xff) {
                    append('#').hex(c >> 8);
                }
                append('#').hex(c & 0xff);
            } else {
                append(c);
            }
        }
        return this;
    }

    /** Appends a JSON string, with its quotes. */
    public LineBuffer jsonString(String text) {
        append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f) {
                text("\\u").hex(c >> 8).hex(c & 0xff);
            } else {
                append(c);
            }
        }
        return append('"');
    }

    /** Appends a field to a JSON object, after a comma unless it is the first; nothing if the value is null. */
    public LineBuffer jsonField(String name, @Nullable String value) {
        return value == null ? this : jsonName(name).jsonString(value);
    }

    /** Appends a number to a JSON object, after a comma unless it is the first. */
    public LineBuffer jsonField(String name, long value) {
        return jsonName(name).number(value);
    }

    private LineBuffer jsonName(String name) {
        if (bytes[length - 1] != '{') {
            append(',');
        }
        return append('"').text(name).text("\":");
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private LineBuffer hex(int value) {
        return append(HEX[value >> 4 & 0xf]).append(HEX[value & 0xf]);
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
