package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import org.jspecify.annotations.Nullable;

/**
 * The lowest load relative to the weight; ties are broken as in {@link RoundRobin}.
 *
 * <p>While all are idle, the round robin alone decides: the first does not get everything, and one in slow start gets less.
 */
final class LeastConnections implements LoadBalancingPolicy {

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext context) {
        @Nullable UpstreamOnLoop best = null;
        for (UpstreamOnLoop server : servers) {
            server.setCandidate(server.updateLoad() && !context.hasTried(server));
            if (server.isCandidate() && (best == null || compare(server, best) < 0)) {
                best = server;
            }
        }
        if (best == null) {
            return null;
        }
        for (UpstreamOnLoop server : servers) {
            server.setCandidate(server.isCandidate() && compare(server, best) == 0);
        }
        return RoundRobin.nextCandidate(servers);
    }

    /** Compares load / weight, without dividing. */
    private static int compare(UpstreamOnLoop one, UpstreamOnLoop other) {
        return Long.compare(one.load() * other.weight(), other.load() * one.weight());
    }
}
