package io.ratemesh.node.lifecycle;

import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcer;

/**
 * An operator's drain, and the way back from it: to where the node was, for one that could not serve before cannot
 * after. Not thread-safe.
 */
final class DrainSwitch {

    private final Announcer announcer;
    private NodeState before = NodeState.STARTING;

    DrainSwitch(Announcer announcer) {
        this.announcer = announcer;
    }

    /** Says DRAINING. */
    void on() {
        NodeState now = announcer.current().state();
        if (now != NodeState.DRAINING) {
            before = now;
            announcer.state(NodeState.DRAINING);
        }
    }

    /** Says what it said before, if it drains. */
    void off() {
        if (announcer.current().state() == NodeState.DRAINING) {
            announcer.state(before);
        }
    }
}
