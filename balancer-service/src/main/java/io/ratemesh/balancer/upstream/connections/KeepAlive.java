package io.ratemesh.balancer.upstream.connections;

import io.netty.util.AsciiString;

/** How long an idle connection to an upstream is kept: shorter than the upstream keeps it, so that it is not used as it closes. */
final class KeepAlive {

    /** The upstream specifies no timeout; the pool's settings apply. */
    static final int UNSPECIFIED = -1;

    /** The response field with the timeout. */
    static final AsciiString FIELD = AsciiString.cached("keep-alive");

    private static final int MAX_SECONDS = 60;
    private static final String TIMEOUT = "timeout=";

    private KeepAlive() {}

    /**
     * Seconds to keep one, or {@link #UNSPECIFIED}.
     *
     * @param value of {@code Keep-Alive}, such as {@code timeout=5, max=100}
     */
    static int seconds(String value) {
        int at = value.indexOf(TIMEOUT);
        if (at < 0) {
            return UNSPECIFIED;
        }
        int seconds = 0;
        for (int i = at + TIMEOUT.length(); i < value.length() && Character.digit(value.charAt(i), 10) >= 0; i++) {
            seconds = Math.min(MAX_SECONDS + 1, seconds * 10 + Character.digit(value.charAt(i), 10));
        }
        return Math.max(0, Math.min(MAX_SECONDS, seconds - 1));
    }
}
