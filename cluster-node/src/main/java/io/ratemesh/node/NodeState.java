package io.ratemesh.node;

/** How far a node is in its life, in this order. */
public enum NodeState {
    /** It has joined and cannot serve yet. */
    STARTING,
    /** It serves. */
    READY,
    /** It ends what is under way and takes nothing new. */
    DRAINING
}
