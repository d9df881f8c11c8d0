package io.ratemesh.balancer.http;

import org.jspecify.annotations.Nullable;

/** The rules for targets in origin form and in asterisk form (RFC 9112 §3.2.1, §3.2.4). {@link AbsoluteForm} has those for URLs. */
public final class RequestTarget {

    /** State of a path segment that has a byte other than a dot. */
    private static final int OTHER = -1;

    private RequestTarget() {}

    /**
     * Checks a target that is not a URL.
     *
     * @param options whether the method is OPTIONS, to which {@code *} is the whole server
     * @return the reason to reject it, or null
     */
    public static @Nullable RefusalReason check(byte[] bytes, int from, int to, boolean options) {
        if (from == to || bytes[from] != '/') {
            return isAsterisk(bytes, from, to) && options ? null : RefusalReason.TARGET_INVALID;
        }
        return ByteClasses.end(bytes, from, to, ByteClasses.TARGET) == to
                ? checkPath(bytes, from, to)
                : RefusalReason.TARGET_INVALID;
    }

    public static boolean isAsterisk(byte[] bytes, int from, int to) {
        return to - from == 1 && bytes[from] == '*';
    }

    /**
     * Checks that a path has no backslash and no segment of one or two dots, with which a request could leave its route. Dots count
     * plain and as {@code %2e}. A segment ends at {@code /}, {@code %2f}, {@code %5c}, and at {@code ;}, after which some servers
     * find parameters.
     *
     * @param bytes from {@code from} on a path, up to {@code ?} or to {@code to}
     * @return {@link RefusalReason#PATH_TRAVERSAL}, or null
     */
    public static @Nullable RefusalReason checkPath(byte[] bytes, int from, int to) {
        int dots = 0;
        int at = from;
        while (at < to && bytes[at] != '?') {
            int b = bytes[at];
            int length = 1;
            if (b == '%' && at + 2 < to) {
                b = decoded(bytes[at + 1], bytes[at + 2]);
                length = 3;
            } else if (b == '\\') {
                return RefusalReason.PATH_TRAVERSAL;
            }
            if (b == '/' || b == '\\' || b == ';') {
                if (isDotSegment(dots)) {
                    return RefusalReason.PATH_TRAVERSAL;
                }
                dots = b == ';' ? OTHER : 0;
            } else {
                dots = b == '.' && dots >= 0 ? dots + 1 : OTHER;
            }
            at += length;
        }
        return isDotSegment(dots) ? RefusalReason.PATH_TRAVERSAL : null;
    }

    private static boolean isDotSegment(int dots) {
        return dots == 1 || dots == 2;
    }

    /** The encoded byte if it is a dot or ends a segment, else {@link #OTHER}. */
    private static int decoded(byte high, byte low) {
        if (ByteClasses.hex(high) < 0 || ByteClasses.hex(low) < 0) {
            return OTHER;
        }
        int b = ByteClasses.hex(high) * 16 + ByteClasses.hex(low);
        return b == '.' || b == '/' || b == '\\' ? b : OTHER;
    }
}
