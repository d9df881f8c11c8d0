package io.ratemesh.node.book;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a feed is asked.
 *
 * <pre>
 *   CLOSED -- five failures in a row --&gt; OPEN -- its rest is over --&gt; HALF_OPEN -- answered --&gt; CLOSED
 *                                          ^------------ failed again ------/
 * </pre>
 */
public enum CircuitState {
    /** In its rhythm. */
    CLOSED,
    /** Not at all until its rest is over. */
    OPEN,
    /** Once, to see whether it answers again. */
    HALF_OPEN;

    /** Its word in status. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant with this word. */
    public static Optional<CircuitState> of(String word) {
        return Arrays.stream(values())
                .filter(circuit -> circuit.word().equals(word))
                .findFirst();
    }
}
