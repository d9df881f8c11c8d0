package io.ratemesh.node;

/** The lifecycle of a node, in this order. */
public enum NodeState {
    /** It has joined the cluster and cannot serve yet. */
    STARTING,
    /** It serves. */
    READY,
    /** It finishes requests in flight and accepts no new ones. */
    DRAINING
}
