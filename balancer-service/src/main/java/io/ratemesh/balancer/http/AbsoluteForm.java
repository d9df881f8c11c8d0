package io.ratemesh.balancer.http;

import org.jspecify.annotations.Nullable;

/**
 * A target that is a URL of this scheme: {@code http://host:port/path?query} (RFC 9112 §3.2.2).
 *
 * @param pathFrom where the path begins, or the query if there is no path; where the target ends if there is neither
 */
public record AbsoluteForm(Authority authority, int pathFrom) {

    /** Reads a target; null where it is no such URL. */
    public static @Nullable AbsoluteForm of(byte[] octets, int from, int to) {
        int hostFrom = from + "http://".length();
        int defaultPort = Authority.HTTP_PORT;
        if (hostFrom > to) {
            return null;
        }
        if (!ByteClasses.same(octets, from, hostFrom, "http://")) {
            hostFrom++;
            defaultPort = Authority.HTTPS_PORT;
            if (hostFrom > to || !ByteClasses.same(octets, from, hostFrom, "https://")) {
                return null;
            }
        }
        int hostTo = hostFrom;
        while (hostTo < to && octets[hostTo] != '/' && octets[hostTo] != '?') {
            hostTo++;
        }
        Authority authority = Authority.of(octets, hostFrom, hostTo, defaultPort);
        return authority.valid() ? new AbsoluteForm(authority, hostTo) : null;
    }

    /** Whether a {@code Host} names the same site. */
    public boolean agreesWith(byte[] octets, int hostFrom, int hostTo) {
        int defaultPort = octets[authority.from() - "://".length() - 1] == 'p'
                        || octets[authority.from() - "://".length() - 1] == 'P'
                ? Authority.HTTP_PORT
                : Authority.HTTPS_PORT;
        return authority.agrees(octets, Authority.of(octets, hostFrom, hostTo, defaultPort));
    }

    /**
     * Turns the begin of a request line into origin form in place: what stands before the path moves up to it. Nothing
     * behind moves.
     *
     * @param octets with {@code METHOD http://host/path} at {@code methodFrom}
     * @param target where the target begins
     * @param bare what stands for a target without path and query: {@code /}, or {@code *} (RFC 9112 §3.2.4)
     * @return where the request line begins now, behind {@code methodFrom}
     */
    public int toOriginForm(byte[] octets, int methodFrom, int target, int targetTo, char bare) {
        int path = pathFrom;
        if (path == targetTo || octets[path] != '/') {
            path--;
            octets[path] = (byte) (path + 1 == targetTo ? bare : '/');
        }
        int begin = path - (target - methodFrom);
        System.arraycopy(octets, methodFrom, octets, begin, target - methodFrom);
        return begin;
    }
}
