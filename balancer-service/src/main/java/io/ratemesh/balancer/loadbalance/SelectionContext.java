package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;

/** What a choice may ask of a request. */
public interface SelectionContext {

    /** Whether the request was sent there already: it is never sent to the same upstream twice. */
    boolean hasTried(UpstreamOnLoop server);

    /** The same for all requests of one client. */
    int sourceHash();

    /** The same for all requests for one target. */
    int uriHash();
}
