package io.ratemesh.balancer.upstream;

/** What an operator wants of an upstream. No check, no announcement and no reload changes it. */
public enum AdminState {
    /** To work as its checks allow. */
    READY,
    /** To end what is under way and get nothing new; it is checked on. */
    DRAIN,
    /** To be left alone. */
    MAINTENANCE
}
