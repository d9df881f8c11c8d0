package io.ratemesh.balancer.upstream;

/** Whether an upstream may be sent requests; {@link HealthState} draws how one becomes the other. */
public enum UpstreamState {
    /** It is new: nothing is sent before the first check has passed. */
    CHECKING,
    /** It is sent its share of the requests. */
    UP,
    /** It has just come, or come back: it is sent less than its share, and more by and by. */
    SLOW_START,
    /** It sends no response while others of its pool do, so it may hang: new requests go to others as long as there are any. */
    SUSPECT,
    /** Requests failed there one after the other, whatever its checks say: nothing is sent for a while. */
    EJECTED,
    /** It said that it leaves, or an operator did: what is under way ends, nothing new is sent. */
    DRAINING,
    /** Its checks failed or it refused a connection; checks go on, so it comes back by itself. */
    DOWN,
    /** An operator took it out: nothing is sent and nothing is asked. */
    MAINTENANCE;

    /** Whether requests are sent as long as the pool is well. */
    public boolean isServing() {
        return this == UP || this == SLOW_START || this == SUSPECT;
    }

    /** Whether its failures took it out of the choice. */
    public boolean hasFailed() {
        return this == DOWN || this == EJECTED;
    }
}
