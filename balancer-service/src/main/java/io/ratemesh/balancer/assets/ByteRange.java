package io.ratemesh.balancer.assets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of a body, as requested by {@code Range} (RFC 9110 §14.1.2). A request for several ranges gets the whole body, as §14.2 allows.
 *
 * @param from index of the first byte
 * @param to index after the last byte; equal to {@code from} if the range is not satisfiable
 */
record ByteRange(long from, long to) {

    /** A single range. Units are case-insensitive, and a list may have empty items (§14.1, §5.6.1). */
    private static final Pattern SINGLE =
            Pattern.compile("(?i:bytes)=[ \\t,]*(\\d*)-(\\d*)[ \\t]*(?:,[ \\t]*)*", Pattern.DOTALL);

    /**
     * Parses the field.
     *
     * @param length of the whole body
     * @return empty if the field must be ignored: several ranges, another unit, or invalid
     */
    static Optional<ByteRange> parse(String field, long length) {
        Matcher matcher = SINGLE.matcher(field);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : suffix(number(last), length);
        }
        long from = number(first);
        if (!last.isEmpty() && isLess(last, first)) {
            return Optional.empty();
        }
        long to = last.isEmpty() ? length : Math.min(length - 1, number(last)) + 1;
        return Optional.of(from < length ? new ByteRange(from, to) : new ByteRange(length, length));
    }

    /** The last bytes. Those of an empty body cannot be expressed in {@code Content-Range}: the whole body is sent then. */
    private static Optional<ByteRange> suffix(long bytes, long length) {
        return bytes > 0 && length == 0
                ? Optional.empty()
                : Optional.of(new ByteRange(Math.max(0, length - bytes), length));
    }

    /** Parses a number; larger ones than a long are beyond any end, so they become the maximum. */
    private static long number(String digits) {
        String significant = significant(digits);
        return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong("0" + significant);
    }

    private static boolean isLess(String digits, String other) {
        String left = significant(digits);
        String right = significant(other);
        return left.length() == right.length() ? left.compareTo(right) < 0 : left.length() < right.length();
    }

    private static String significant(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.substring(zeros);
    }

    boolean isSatisfiable() {
        return from < to;
    }

    long length() {
        return to - from;
    }

    /** Returns the value of {@code Content-Range}. */
    String contentRange(long length) {
        return isSatisfiable() ? "bytes " + from + "-" + (to - 1) + "/" + length : "bytes */" + length;
    }
}
