package io.ratemesh.node.lifecycle;

import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcer;

/** Drains a node for an operator, and returns it to its previous state. Not thread-safe. */
final class DrainSwitch {

    private final Announcer announcer;
    private NodeState before = NodeState.STARTING;

    DrainSwitch(Announcer announcer) {
        this.announcer = announcer;
    }

    /** Announces DRAINING. */
    void drain() {
        NodeState now = announcer.current().state();
        if (now != NodeState.DRAINING) {
            before = now;
            announcer.setState(NodeState.DRAINING);
        }
    }

    /** Announces the state before the drain. */
    void undrain() {
        if (announcer.current().state() == NodeState.DRAINING) {
            announcer.setState(before);
        }
    }
}
