package io.ratemesh.balancer.assets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a body, as {@code Range} asks for it (RFC 9110 §14.1.2).
 *
 * @param from the first byte, from 0 on
 * @param to the byte after the last; {@code from} itself where the range cannot be had
 */
record ByteRange(int from, int to) {

    private static final Pattern ONE = Pattern.compile("bytes=[ \\t]*(\\d{0,18})-(\\d{0,18})[ \\t]*");

    /**
     * Reads the field.
     *
     * @param length of the whole
     * @return empty where it is to be passed over: more than one range, another unit, nonsense
     */
    static Optional<ByteRange> parse(String field, int length) {
        Matcher matcher = ONE.matcher(field);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(suffix(Long.parseLong(last), length));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? length : Math.min(length, Long.parseLong(last) + 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return Optional.empty();
        }
        return Optional.of(from < length ? new ByteRange((int) from, (int) to) : new ByteRange(length, length));
    }

    private static ByteRange suffix(long bytes, int length) {
        return new ByteRange((int) Math.max(0, length - bytes), length);
    }

    boolean satisfiable() {
        return from < to;
    }

    /** As {@code Content-Range} says it. */
    String written(int length) {
        return satisfiable() ? "bytes " + from + "-" + (to - 1) + "/" + length : "bytes */" + length;
    }
}
