package io.ratemesh.balancer.http;

import io.netty.util.AsciiString;

/**
 * A host with an optional port in a range of bytes (RFC 3986 §3.2): a name, an IPv4 address, or an IPv6 address in brackets. It has
 * no user and no percent-encoding.
 *
 * @param hostTo where the host ends
 * @param port the given or else the default one, 0 to 65535; -1 where the range is not a valid authority
 */
public record Authority(int from, int hostTo, int port) {

    /** The default of {@code http}. */
    public static final int HTTP_PORT = 80;

    /** The default of {@code https}. */
    public static final int HTTPS_PORT = 443;

    private static final int INVALID = -1;
    private static final int MAX_PORT = 65_535;

    static Authority of(byte[] bytes, int from, int to, int defaultPort) {
        int hostTo = from < to && bytes[from] == '['
                ? bracketedTo(bytes, from, to)
                : ByteClasses.end(bytes, from, to, ByteClasses.HOST);
        if (hostTo == from) {
            return new Authority(from, from, INVALID);
        }
        if (hostTo == to) {
            return new Authority(from, hostTo, defaultPort);
        }
        return new Authority(from, hostTo, bytes[hostTo] == ':' ? port(bytes, hostTo + 1, to, defaultPort) : INVALID);
    }

    public boolean isValid() {
        return port != INVALID;
    }

    /** Whether a range of bytes is a valid authority. It allocates nothing where that has no port and no brackets. */
    public static boolean isValid(byte[] bytes, int from, int to) {
        int nameTo = ByteClasses.end(bytes, from, to, ByteClasses.HOST);
        return (nameTo == to && to > from) || of(bytes, from, to, 0).isValid();
    }

    /**
     * Whether two texts are valid authorities of the same host and port.
     *
     * @param defaultPort of the scheme
     */
    public static boolean isSame(AsciiString one, AsciiString other, int defaultPort) {
        AsciiString both = one.concat(other);
        int middle = both.arrayOffset() + one.length();
        Authority first = of(both.array(), both.arrayOffset(), middle, defaultPort);
        Authority second = of(both.array(), middle, both.arrayOffset() + both.length(), defaultPort);
        return first.isValid() && second.isValid() && first.isSame(both.array(), second);
    }

    /** Whether both have the same host, ignoring case, and the same port. */
    boolean isSame(byte[] bytes, Authority other) {
        if (port != other.port || hostTo - from != other.hostTo - other.from) {
            return false;
        }
        for (int i = 0; i < hostTo - from; i++) {
            if (ByteClasses.lower(bytes[from + i]) != ByteClasses.lower(bytes[other.from + i])) {
                return false;
            }
        }
        return true;
    }

    /** Where {@code [address]} ends, or {@code from} if it is none. */
    private static int bracketedTo(byte[] bytes, int from, int to) {
        int colons = 0;
        for (int i = from + 1; i < to; i++) {
            if (bytes[i] == ']') {
                return colons >= 2 && colons <= 7 ? i + 1 : from;
            }
            if (bytes[i] == ':') {
                colons++;
            } else if (ByteClasses.hex(bytes[i]) < 0 && bytes[i] != '.') {
                return from;
            }
        }
        return from;
    }

    /** An empty port is the default one (RFC 3986 §3.2.3). */
    private static int port(byte[] bytes, int from, int to, int defaultPort) {
        int port = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return INVALID;
            }
            port = port * 10 + bytes[i] - '0';
            if (port > MAX_PORT) {
                return INVALID;
            }
        }
        return from == to ? defaultPort : port;
    }
}
