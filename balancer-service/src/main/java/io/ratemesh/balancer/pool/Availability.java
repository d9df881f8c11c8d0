package io.ratemesh.balancer.pool;

/** Whether an upstream may be sent requests. */
public enum Availability {
    /** It is new: nothing is sent before the first check has passed. */
    CHECKING,
    /** It is sent requests. */
    UP,
    /** It said that it leaves, or an operator did: what is under way ends, nothing new is sent. */
    DRAINING,
    /** Its checks failed or it refused a connection; checks go on, so it comes back by itself. */
    DOWN;

    /** Whether requests are sent. */
    public boolean takesRequests() {
        return this == UP;
    }
}
