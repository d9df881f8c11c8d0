package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import org.jspecify.annotations.Nullable;

/** Fills the first server before it turns to the second, so that those at the end may be switched off. */
final class FirstAvailable implements LoadBalancingPolicy {

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext asking) {
        for (UpstreamOnLoop server : servers) {
            if (server.hasCapacity() && !asking.hasTried(server)) {
                return server;
            }
        }
        return null;
    }
}
