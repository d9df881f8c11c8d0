package io.ratemesh.balancer.upstream;

/** What an operator has set for an upstream. No check, no announcement and no reload changes it. */
public enum AdminState {
    /** Its checks decide. */
    READY,
    /** It gets no new requests; those under way end, and checks go on. */
    DRAIN,
    /** It gets no requests and no checks. */
    MAINTENANCE
}
