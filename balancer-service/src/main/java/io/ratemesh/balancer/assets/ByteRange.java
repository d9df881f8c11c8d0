package io.ratemesh.balancer.assets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a body, as {@code Range} asks for it (RFC 9110 §14.1.2). A request for several parts gets the whole, as §14.2 allows: who
 * sends one can read that, and no body has to be put together.
 *
 * @param from the first byte, from 0 on
 * @param to the byte after the last; {@code from} itself where the range cannot be had
 */
record ByteRange(long from, long to) {

    /** Names of units are no matter of case; a list may have empty items (§14.1, §5.6.1). */
    private static final Pattern ONE =
            Pattern.compile("(?i:bytes)=[ \\t,]*(\\d*)-(\\d*)[ \\t]*(?:,[ \\t]*)*", Pattern.DOTALL);

    /**
     * Reads the field.
     *
     * @param length of the whole
     * @return empty where it is to be passed over: more than one range, another unit, nonsense
     */
    static Optional<ByteRange> parse(String field, long length) {
        Matcher matcher = ONE.matcher(field);
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

    /** The last bytes. Of nothing they are nothing, which no {@code Content-Range} can say: the whole then says it. */
    private static Optional<ByteRange> suffix(long bytes, long length) {
        return bytes > 0 && length == 0
                ? Optional.empty()
                : Optional.of(new ByteRange(Math.max(0, length - bytes), length));
    }

    /** As large as a number may be: what is larger lies behind any end all the same. */
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

    boolean satisfiable() {
        return from < to;
    }

    long length() {
        return to - from;
    }

    /** As {@code Content-Range} says it. */
    String written(long length) {
        return satisfiable() ? "bytes " + from + "-" + (to - 1) + "/" + length : "bytes */" + length;
    }
}
