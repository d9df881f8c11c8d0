package io.ratemesh.benchmarks.faults;

import java.util.Optional;

/** What happens to one of the upstreams while requests flow. */
enum Fault {
    KILLED("killed", "kill -9; started again"),
    HUNG("hung", "SIGSTOP; SIGCONT"),
    RESETTING("resetting", Behaviour.RESETTING, "takes connections and resets them"),
    SLOW("slow", Behaviour.SLOW, "answers after 5 s"),
    FAILING("answering 500", Behaviour.FAILING, "answers 500, to checks too"),
    GARBLED("answering garbage", Behaviour.GARBLED, "answers what is no HTTP"),
    DRAINED("drained", "by its operator; taken back in"),
    ADDED("added", "one more, by its operator");

    private final String label;
    private final Optional<Behaviour> behaviour;
    private final String says;

    Fault(String label, String says) {
        this(label, Optional.empty(), says);
    }

    Fault(String label, Behaviour behaviour, String says) {
        this(label, Optional.of(behaviour), says);
    }

    Fault(String label, Optional<Behaviour> behaviour, String says) {
        this.label = label;
        this.behaviour = behaviour;
        this.says = says;
    }

    /** What the table calls it. */
    String label() {
        return label;
    }

    /** What it is, in a few words. */
    String says() {
        return says;
    }

    /** How the upstream behaves meanwhile, where that is all there is to it. */
    Optional<Behaviour> behaviour() {
        return behaviour;
    }

    /** Whether it is over as soon as it has come: what counts then is how long until the upstream is asked. */
    boolean isHealedAtOnce() {
        return this == ADDED;
    }
}
