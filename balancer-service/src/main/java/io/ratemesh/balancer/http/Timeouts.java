package io.ratemesh.balancer.http;

import io.ratemesh.node.settings.LimitSettings;
import java.time.Duration;
import java.util.List;

/**
 * The time limits of clients. None of them ends a response, however long it takes, as long as the client reads it.
 *
 * @param head for a whole head, from its first byte; for the first head from the begin of the connection
 * @param body without a byte of a body that the balancer reads; without the client reading a byte of a response
 * @param idle between a response and the next request
 * @param linger after a rejection, for the client to read it before the connection is closed
 */
public record Timeouts(Duration head, Duration body, Duration idle, Duration linger) {

    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final Duration MIN_SILENCE = Duration.ofSeconds(75);

    private static final Duration BEYOND_OTHERS = Duration.ofSeconds(15);

    /** The defaults. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), LINGER);

    /** The limits of the settings. */
    public static Timeouts of(LimitSettings limits) {
        return new Timeouts(limits.headTime(), limits.bodyTime(), limits.keepAlive(), LINGER);
    }

    /**
     * The time without a byte in either direction on an HTTP/2 connection whose client has to act. It is longer than all other limits,
     * which are more specific.
     */
    public Duration silence() {
        Duration longest = MIN_SILENCE;
        for (Duration time : List.of(head, body, idle)) {
            Duration beyond = time.plus(BEYOND_OTHERS);
            longest = beyond.compareTo(longest) > 0 ? beyond : longest;
        }
        return longest;
    }
}
