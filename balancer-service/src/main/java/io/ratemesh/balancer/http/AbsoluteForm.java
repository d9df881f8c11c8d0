package io.ratemesh.balancer.http;

import org.jspecify.annotations.Nullable;

/**
 * A target in absolute form: {@code http://host:port/path?query} (RFC 9112 §3.2.2).
 *
 * @param pathFrom where the path begins, else the query, else the end of the target
 */
public record AbsoluteForm(Authority authority, int pathFrom) {

    /** Reads a target; null where it is no URL of http or https. */
    public static @Nullable AbsoluteForm of(byte[] bytes, int from, int to) {
        int hostFrom = from + "http://".length();
        int defaultPort = Authority.HTTP_PORT;
        if (hostFrom > to) {
            return null;
        }
        if (!ByteClasses.same(bytes, from, hostFrom, "http://")) {
            hostFrom++;
            defaultPort = Authority.HTTPS_PORT;
            if (hostFrom > to || !ByteClasses.same(bytes, from, hostFrom, "https://")) {
                return null;
            }
        }
        int hostTo = hostFrom;
        while (hostTo < to && bytes[hostTo] != '/' && bytes[hostTo] != '?') {
            hostTo++;
        }
        Authority authority = Authority.of(bytes, hostFrom, hostTo, defaultPort);
        return authority.isValid() ? new AbsoluteForm(authority, hostTo) : null;
    }

    /** Whether a Host field names the same host and port. */
    public boolean agreesWith(byte[] bytes, int hostFrom, int hostTo) {
        int schemeLast = authority.from() - "://".length() - 1;
        int defaultPort = ByteClasses.lower(bytes[schemeLast]) == 'p' ? Authority.HTTP_PORT : Authority.HTTPS_PORT;
        return authority.isSame(bytes, Authority.of(bytes, hostFrom, hostTo, defaultPort));
    }

    /**
     * Rewrites the begin of a request line to origin form in place: the method moves to the right, up to the path. Nothing after the
     * path moves.
     *
     * @param bytes with {@code METHOD http://host/path} at {@code methodFrom}
     * @param target where the target begins
     * @param bare the target of a URL without path and query: {@code /}, or {@code *} (RFC 9112 §3.2.4)
     * @return where the request line begins now, after {@code methodFrom}
     */
    public int toOriginForm(byte[] bytes, int methodFrom, int target, int targetTo, char bare) {
        int path = pathFrom;
        if (path == targetTo || bytes[path] != '/') {
            path--;
            bytes[path] = (byte) (path + 1 == targetTo ? bare : '/');
        }
        int begin = path - (target - methodFrom);
        System.arraycopy(bytes, methodFrom, bytes, begin, target - methodFrom);
        return begin;
    }
}
