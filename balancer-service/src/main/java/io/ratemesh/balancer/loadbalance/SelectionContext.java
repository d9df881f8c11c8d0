package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;

/** What a policy uses of a request. */
public interface SelectionContext {

    /** Whether the request was sent to this upstream before: it is never sent to the same one twice. */
    boolean hasTried(UpstreamOnLoop server);

    /** The same for all requests of one client. */
    int sourceHash();

    /** The same for all requests for one target. */
    int uriHash();

    /** Whether a server is to be selected before others while it is available. */
    default boolean hasPreference() {
        return false;
    }

    /** Whether that is this server. */
    default boolean prefers(UpstreamOnLoop server) {
        return false;
    }
}
