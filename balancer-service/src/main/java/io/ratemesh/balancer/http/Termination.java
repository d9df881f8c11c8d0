package io.ratemesh.balancer.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** HAProxy's termination state of a request (configuration manual, 8.5): why it ended, and when. There is one instance for each pair. */
public final class Termination {

    private static final Map<TerminationCause, Map<TerminationPhase, Termination>> ALL = all();

    /** The response was complete. */
    public static final Termination NORMAL = of(TerminationCause.NONE, TerminationPhase.COMPLETE);

    private final TerminationCause cause;
    private final TerminationPhase phase;
    private final String code;

    private Termination(TerminationCause cause, TerminationPhase phase) {
        this.cause = cause;
        this.phase = phase;
        this.code = "" + cause.letter() + phase.letter();
    }

    /** The instance for a cause and a phase. */
    public static Termination of(TerminationCause cause, TerminationPhase phase) {
        return Objects.requireNonNull(Objects.requireNonNull(ALL.get(cause)).get(phase));
    }

    public TerminationCause cause() {
        return cause;
    }

    public TerminationPhase phase() {
        return phase;
    }

    /** HAProxy's two letters, such as {@code CD} for a client that aborted during the response, and {@code --} for none. */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code;
    }

    private static Map<TerminationCause, Map<TerminationPhase, Termination>> all() {
        Map<TerminationCause, Map<TerminationPhase, Termination>> all = new EnumMap<>(TerminationCause.class);
        for (TerminationCause cause : TerminationCause.values()) {
            Map<TerminationPhase, Termination> ofCause = new EnumMap<>(TerminationPhase.class);
            for (TerminationPhase phase : TerminationPhase.values()) {
                ofCause.put(phase, new Termination(cause, phase));
            }
            all.put(cause, ofCause);
        }
        return all;
    }
}
