package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import org.jspecify.annotations.Nullable;

/** The first server with capacity, so that the last ones may be switched off. */
final class FirstAvailable implements LoadBalancingPolicy {

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext context) {
        for (UpstreamOnLoop server : servers) {
            if (server.hasCapacity() && !context.hasTried(server)) {
                return server;
            }
        }
        return null;
    }
}
