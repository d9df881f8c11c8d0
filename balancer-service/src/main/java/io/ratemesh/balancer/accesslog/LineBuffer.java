package io.ratemesh.balancer.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Lines as octets, put together without a string for each number. One thread uses it. */
final class LineBuffer {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final int MOST_DIGITS = 20;

    private final byte[] digits = new byte[MOST_DIGITS];
    private byte[] octets = new byte[64 * 1024];
    private int length;

    int length() {
        return length;
    }

    /** Writes all to {@code out} and begins anew. */
    void moveTo(OutputStream out) throws IOException {
        try {
            out.write(octets, 0, length);
        } finally {
            length = 0;
        }
    }

    LineBuffer octet(int octet) {
        reserve(1);
        octets[length++] = (byte) octet;
        return this;
    }

    /** ASCII. */
    LineBuffer text(String text) {
        int count = text.length();
        reserve(count);
        byte[] to = octets;
        int at = length;
        for (int i = 0; i < count; i++) {
            to[at + i] = (byte) text.charAt(i);
        }
        length = at + count;
        return this;
    }

    LineBuffer number(long number) {
        if (number < 0) {
            // Long.MIN_VALUE has no positive twin; no count comes near.
            octet('-');
            return number(Math.max(-number, 0));
        }
        int at = MOST_DIGITS;
        long left = number;
        do {
            digits[--at] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        int count = MOST_DIGITS - at;
        reserve(count);
        System.arraycopy(digits, at, octets, length, count);
        length += count;
        return this;
    }

    /** A number with zeros before it. */
    LineBuffer number(long number, int width) {
        for (long least = power(width - 1); number < least && least > 1; least /= 10) {
            octet('0');
        }
        return number(number);
    }

    /** As HAProxy does within quotes: {@code "}, {@code #} and what is not printable ASCII become {@code #XX}. */
    LineBuffer hashed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '#' || c < ' ' || c >= 0x7f) {
                if (c > 0xff) {
                    octet('#').hex(c >> 8);
                }
                octet('#').hex(c & 0xff);
            } else {
                octet(c);
            }
        }
        return this;
    }

    /** A string of JSON, quotes included. */
    LineBuffer quoted(String text) {
        octet('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                octet('\\').octet(c);
            } else if (c < ' ' || c >= 0x7f) {
                text("\\u").hex(c >> 8).hex(c & 0xff);
            } else {
                octet(c);
            }
        }
        return octet('"');
    }

    private void reserve(int more) {
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + more));
        }
    }

    private LineBuffer hex(int octet) {
        return octet(HEX[octet >> 4 & 0xf]).octet(HEX[octet & 0xf]);
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
