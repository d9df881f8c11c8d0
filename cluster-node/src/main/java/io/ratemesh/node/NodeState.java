package io.ratemesh.node;

/** The lifecycle of a node, in this order. */
public enum NodeState {
    /** It has joined the cluster and cannot serve yet. */
    STARTING,
    /** It serves. */
    READY,
    /** It finishes requests in flight and accepts no new ones. */
    DRAINING;

    /** The state with this name; STARTING for one of a later release. */
    public static NodeState of(String name) {
        for (NodeState state : values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        return STARTING;
    }
}
