package io.ratemesh.balancer.guard;

import io.ratemesh.node.settings.LimitSettings;
import java.time.Duration;

/**
 * How long a client may take. Only its side counts: nothing here ends an answer that goes on for hours.
 *
 * @param head for a whole head, from its first octet; the first of a connection from the connection's begin
 * @param body without an octet of a body that is not paused from this side
 * @param idle between an answer and the next request
 * @param linger after a refusal, for the client to read it before the connection is closed
 */
public record Patience(Duration head, Duration body, Duration idle, Duration linger) {

    private static final Duration LINGER = Duration.ofSeconds(1);

    /** What the front door gives. */
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), LINGER);

    /** As it is set. */
    public static Patience of(LimitSettings limits) {
        return new Patience(limits.headTime(), limits.bodyTime(), limits.keepAlive(), LINGER);
    }
}
