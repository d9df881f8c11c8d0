package io.ratemesh.balancer.upstream.connections;

import io.netty.util.AsciiString;

/** How long an idle connection to an upstream is kept: less long than the upstream keeps it, lest it is used as it closes. */
final class KeepAlive {

    /** Nothing is said of it: what the pool's settings say holds. */
    static final int UNSAID = -1;

    /** The field in which an upstream says so. */
    static final AsciiString FIELD = AsciiString.cached("keep-alive");

    private static final int MOST_SECONDS = 60;
    private static final String TIMEOUT = "timeout=";

    private KeepAlive() {}

    /**
     * Seconds to keep one, or {@link #UNSAID}.
     *
     * @param said the value of the upstream's {@code Keep-Alive}, as {@code timeout=5, max=100}
     */
    static int seconds(String said) {
        int at = said.indexOf(TIMEOUT);
        if (at < 0) {
            return UNSAID;
        }
        int seconds = 0;
        for (int i = at + TIMEOUT.length(); i < said.length() && Character.digit(said.charAt(i), 10) >= 0; i++) {
            seconds = Math.min(MOST_SECONDS + 1, seconds * 10 + Character.digit(said.charAt(i), 10));
        }
        return Math.max(0, Math.min(MOST_SECONDS, seconds - 1));
    }
}
