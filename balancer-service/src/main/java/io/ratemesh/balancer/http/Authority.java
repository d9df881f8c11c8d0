package io.ratemesh.balancer.http;

import io.netty.util.AsciiString;

/**
 * Where in a run of octets a host and its port stand (RFC 3986 §3.2): a name or an address of version 4, or one of
 * version 6 in brackets; no user, no encoding.
 *
 * @param hostTo where the host ends
 * @param port what is given, else the default, 0 to 65535; -1 where the whole is no authority
 */
public record Authority(int from, int hostTo, int port) {

    /** The default of {@code http}. */
    public static final int HTTP_PORT = 80;

    /** The default of {@code https}. */
    public static final int HTTPS_PORT = 443;

    private static final int INVALID = -1;
    private static final int MAX_PORT = 65_535;

    static Authority of(byte[] octets, int from, int to, int defaultPort) {
        int hostTo = from < to && octets[from] == '[' ? bracketed(octets, from, to) : name(octets, from, to);
        if (hostTo == from) {
            return new Authority(from, from, INVALID);
        }
        if (hostTo == to) {
            return new Authority(from, hostTo, defaultPort);
        }
        return new Authority(from, hostTo, octets[hostTo] == ':' ? port(octets, hostTo + 1, to, defaultPort) : INVALID);
    }

    public boolean valid() {
        return port != INVALID;
    }

    /** Whether a text is an authority, of which each character is an octet. */
    public static boolean valid(CharSequence text) {
        AsciiString octets = AsciiString.of(text);
        return valid(octets.array(), octets.arrayOffset(), octets.arrayOffset() + octets.length());
    }

    /**
     * Whether two texts are authorities and name the same place.
     *
     * @param defaultPort the scheme's, which goes without saying
     */
    public static boolean same(CharSequence one, CharSequence other, int defaultPort) {
        AsciiString octets = AsciiString.of(one).concat(other);
        int middle = octets.arrayOffset() + one.length();
        Authority first = of(octets.array(), octets.arrayOffset(), middle, defaultPort);
        Authority second = of(octets.array(), middle, octets.arrayOffset() + octets.length(), defaultPort);
        return first.valid() && second.valid() && first.agrees(octets.array(), second);
    }

    /** Whether both name the same place; the case of a host says nothing. */
    boolean agrees(byte[] octets, Authority other) {
        if (port != other.port || hostTo - from != other.hostTo - other.from) {
            return false;
        }
        for (int i = 0; i < hostTo - from; i++) {
            if (ByteClasses.lower(octets[from + i]) != ByteClasses.lower(octets[other.from + i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether octets are an authority, without making one: for each request. */
    public static boolean valid(byte[] octets, int from, int to) {
        int hostTo = name(octets, from, to);
        return (hostTo == to && to > from) || of(octets, from, to, 0).valid();
    }

    private static int name(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && ByteClasses.is(octets[at], ByteClasses.HOST)) {
            at++;
        }
        return at;
    }

    /** Where {@code [address]} ends, or {@code from} if it is none. */
    private static int bracketed(byte[] octets, int from, int to) {
        int colons = 0;
        for (int i = from + 1; i < to; i++) {
            if (octets[i] == ']') {
                return colons >= 2 && colons <= 7 ? i + 1 : from;
            }
            if (octets[i] == ':') {
                colons++;
            } else if (ByteClasses.hex(octets[i]) < 0 && octets[i] != '.') {
                return from;
            }
        }
        return from;
    }

    /** An empty port is the default one (RFC 3986 §3.2.3). */
    private static int port(byte[] octets, int from, int to, int defaultPort) {
        int port = 0;
        for (int i = from; i < to; i++) {
            if (octets[i] < '0' || octets[i] > '9') {
                return INVALID;
            }
            port = port * 10 + octets[i] - '0';
            if (port > MAX_PORT) {
                return INVALID;
            }
        }
        return from == to ? defaultPort : port;
    }
}
