package io.ratemesh.balancer.http;

import io.ratemesh.node.settings.LimitSettings;
import java.time.Duration;
import java.util.List;

/**
 * How long a client may take. Only its side counts: nothing here ends an answer that goes on for hours, as long as it goes on.
 *
 * @param head for a whole head, from its first octet; the first of a connection from the connection's begin
 * @param body without an octet of a body that is not paused from this side; without taking an octet of an answer
 * @param idle between an answer and the next request
 * @param linger after a refusal, for the client to read it before the connection is closed
 */
public record Timeouts(Duration head, Duration body, Duration idle, Duration linger) {

    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(75);

    private static final Duration BEYOND_OTHERS = Duration.ofSeconds(15);

    /** What the front door gives. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), LINGER);

    /** As it is set. */
    public static Timeouts of(LimitSettings limits) {
        return new Timeouts(limits.headTime(), limits.bodyTime(), limits.keepAlive(), LINGER);
    }

    /**
     * How long nothing at all may move on a connection of HTTP/2 that waits for its client. Longer than all other times, which know
     * more.
     */
    public Duration silence() {
        Duration longest = LEAST_SILENCE;
        for (Duration time : List.of(head, body, idle)) {
            Duration beyond = time.plus(BEYOND_OTHERS);
            longest = beyond.compareTo(longest) > 0 ? beyond : longest;
        }
        return longest;
    }
}
