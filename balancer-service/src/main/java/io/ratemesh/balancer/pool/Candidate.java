package io.ratemesh.balancer.pool;

/** What a choice looks at. */
public interface Candidate {

    /** Whether it may be chosen now. */
    boolean available();

    /** Requests it has under way, streams included. */
    int inFlight();
}
