package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.faults.FaultyUpstream.Behaviour;

/** A fault of one upstream under load, how it is injected and how it is removed. */
enum Fault {
    KILLED("killed", "kill -9; started again"),
    HUNG("hung", "SIGSTOP; SIGCONT"),
    RESETTING("resetting", Behaviour.RESETTING, "accepts connections and resets them"),
    SLOW("slow", Behaviour.SLOW, "responds after 5 s"),
    FAILING("responding 500", Behaviour.FAILING, "responds with 500, to health checks too"),
    GARBLED("responding garbage", Behaviour.GARBLED, "responds with bytes that are not HTTP"),
    DRAINED("drained", "by an operator; enabled again"),
    ADDED("added", "a new one, by an operator");

    private final String label;
    private final Behaviour behaviour;
    private final String description;

    Fault(String label, String description) {
        this(label, Behaviour.NORMAL, description);
    }

    Fault(String label, Behaviour behaviour, String description) {
        this.label = label;
        this.behaviour = behaviour;
        this.description = description;
    }

    String label() {
        return label;
    }

    String description() {
        return description;
    }

    /** Whether the fault needs no removal: what counts is the time until the upstream gets requests. */
    boolean isInstant() {
        return this == ADDED;
    }

    void inject(UpstreamProcess upstream, ProxyControl proxy) {
        switch (this) {
            case KILLED -> upstream.kill();
            case HUNG -> upstream.signal("STOP");
            case DRAINED -> proxy.drain(upstream.port());
            case ADDED -> proxy.add(upstream.port());
            case RESETTING, SLOW, FAILING, GARBLED -> upstream.setBehaviour(behaviour);
        }
    }

    /** Removes the fault; an added upstream stays. */
    void remove(UpstreamProcess upstream, ProxyControl proxy) {
        switch (this) {
            case KILLED -> upstream.restart();
            case HUNG -> upstream.signal("CONT");
            case DRAINED -> proxy.enable(upstream.port());
            case ADDED -> {}
            case RESETTING, SLOW, FAILING, GARBLED -> upstream.setBehaviour(Behaviour.NORMAL);
        }
    }
}
