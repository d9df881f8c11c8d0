package io.ratemesh.balancer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What a path may not be: no way to walk out of a route by dot segments, plain or encoded, or by backslashes. */
public final class RequestTarget {

    private RequestTarget() {}

    /**
     * Whether a target may go on, for requests that did not come over HTTP/1: origin form only (RFC 9112 §3.2.1).
     *
     * @param target as it stands in the request line or in {@code :path}
     */
    public static boolean acceptable(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c > 0x7f || !ByteClasses.is((byte) c, ByteClasses.TARGET)) {
                return false;
            }
        }
        byte[] octets = target.getBytes(ISO_8859_1);
        return !leavesItsPath(octets, 0, octets.length);
    }

    /**
     * Whether a path has a backslash or a segment of one or two dots. Dots count plain and as {@code %2e}; a segment ends
     * at {@code /}, {@code %2f}, {@code %5c}, and at {@code ;}, behind which some servers find parameters.
     *
     * @param octets from {@code from} on a path, up to {@code ?} or to {@code to}
     */
    public static boolean leavesItsPath(byte[] octets, int from, int to) {
        int dots = 0;
        int at = from;
        while (at < to && octets[at] != '?') {
            int octet = octets[at];
            int length = 1;
            if (octet == '%' && at + 2 < to) {
                octet = decoded(octets[at + 1], octets[at + 2]);
                length = 3;
            } else if (octet == '\\') {
                return true;
            }
            if (octet == '/' || octet == '\\' || octet == ';') {
                if (dots == 1 || dots == 2) {
                    return true;
                }
                dots = octet == ';' ? OTHER : 0;
            } else {
                dots = octet == '.' && dots >= 0 ? dots + 1 : OTHER;
            }
            at += length;
        }
        return dots == 1 || dots == 2;
    }

    /** A segment with something that is no dot. */
    private static final int OTHER = -1;

    /** The encoded octet if it is one that matters here. */
    private static int decoded(byte high, byte low) {
        int octet = ByteClasses.hex(high) < 0 || ByteClasses.hex(low) < 0
                ? OTHER
                : ByteClasses.hex(high) * 16 + ByteClasses.hex(low);
        return octet == '.' || octet == '/' || octet == '\\' ? octet : OTHER;
    }
}
