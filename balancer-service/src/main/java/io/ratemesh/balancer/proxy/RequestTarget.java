package io.ratemesh.balancer.proxy;

/**
 * Whether the target of a request may go on: origin form only (RFC 9112 §3.2.1), and no way to walk out of a route by
 * dot segments, plain or encoded, or by backslashes.
 */
final class RequestTarget {

    private RequestTarget() {}

    /**
     * Judges a target.
     *
     * @param target as it stands in the request line
     */
    static boolean acceptable(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
            return false;
        }
        int pathEnd = target.length();
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
            if (c == '?' && pathEnd == target.length()) {
                pathEnd = i;
            }
            if (c == '\\' && i < pathEnd) {
                return false;
            }
        }
        return !hasDotSegment(target, pathEnd);
    }

    private static boolean hasDotSegment(String target, int pathEnd) {
        int segment = 1;
        for (int i = 1; i <= pathEnd; i++) {
            if (i == pathEnd || target.charAt(i) == '/') {
                if (isDots(target, segment, i)) {
                    return true;
                }
                segment = i + 1;
            }
        }
        return false;
    }

    /** Whether the segment is one or two dots, each plain or as {@code %2e}. */
    private static boolean isDots(String target, int from, int to) {
        int dots = 0;
        int at = from;
        while (at < to) {
            if (target.charAt(at) == '.') {
                at++;
            } else if (target.regionMatches(true, at, "%2e", 0, 3) && at + 3 <= to) {
                at += 3;
            } else {
                return false;
            }
            dots++;
        }
        return dots == 1 || dots == 2;
    }
}
