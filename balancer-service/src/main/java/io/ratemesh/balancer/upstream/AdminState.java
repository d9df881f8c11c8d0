package io.ratemesh.balancer.upstream;

/** What an operator or an agent has set for an upstream. No check and no announcement changes it. */
public enum AdminState {
    /** Its checks decide. */
    READY,
    /** It gets no new requests; those under way end, and checks go on. */
    DRAIN,
    /** It gets no requests and no checks. */
    MAINTENANCE
}
