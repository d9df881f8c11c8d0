package io.ratemesh.node.book;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The circuit breaker of a feed.
 *
 * <pre>
 *   CLOSED -- five failures in a row --&gt; OPEN -- pause over --&gt; HALF_OPEN -- success --&gt; CLOSED
 *                                          ^---------- failure ----------/
 * </pre>
 */
public enum CircuitState {
    /** The feed is polled at its interval. */
    CLOSED,
    /** The feed is not polled until a pause is over. */
    OPEN,
    /** The next poll decides between closed and open. */
    HALF_OPEN;

    /** Its name in the status JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The state with this name. */
    public static Optional<CircuitState> of(String word) {
        return Arrays.stream(values())
                .filter(circuit -> circuit.word().equals(word))
                .findFirst();
    }
}
