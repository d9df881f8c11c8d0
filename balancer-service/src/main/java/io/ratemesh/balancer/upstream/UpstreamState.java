package io.ratemesh.balancer.upstream;

/** The state of an upstream; {@link HealthState} draws the transitions. */
public enum UpstreamState {
    /** New: no requests before the first check has passed. */
    CHECKING,
    /** In service with its full weight. */
    UP,
    /** In service for a short time, with a part of its weight that grows. */
    SLOW_START,
    /** It sends no response while others of its pool do, so it may hang: new requests go to others as long as there are any. */
    SUSPECT,
    /** Consecutive requests failed, whatever its checks say: no requests for a time. */
    EJECTED,
    /** Its node announced it, its agent said so or an operator set it: requests under way end, no new ones. */
    DRAINING,
    /** Its checks failed, it refused a connection or its agent said so; checks go on. */
    DOWN,
    /** Set by an operator or its agent: no requests and no checks. */
    MAINTENANCE;

    /** Whether it gets requests. */
    public boolean isServing() {
        return this == UP || this == SLOW_START || this == SUSPECT;
    }

    /** Whether failures took it out of service. */
    public boolean hasFailed() {
        return this == DOWN || this == EJECTED;
    }
}
