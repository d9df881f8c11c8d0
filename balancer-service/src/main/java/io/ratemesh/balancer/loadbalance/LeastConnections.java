package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import org.jspecify.annotations.Nullable;

/**
 * The smallest load for its weight; equals take turns as in {@link RoundRobin}.
 *
 * <p>The turn matters: while all are idle it alone decides, so that the first is not sent everything, and one that has just
 * started is not sent as much as the others.
 */
final class LeastConnections implements LoadBalancingPolicy {

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext asking) {
        @Nullable UpstreamOnLoop best = null;
        for (UpstreamOnLoop server : servers) {
            server.inTurn = server.updateLoad() && !asking.hasTried(server);
            if (server.inTurn && (best == null || compare(server, best) < 0)) {
                best = server;
            }
        }
        if (best == null) {
            return null;
        }
        for (UpstreamOnLoop server : servers) {
            server.inTurn = server.inTurn && compare(server, best) == 0;
        }
        return RoundRobin.nextCandidate(servers);
    }

    /** Load for weight, without dividing. */
    private static int compare(UpstreamOnLoop one, UpstreamOnLoop other) {
        return Long.compare(one.load() * other.weight(), other.load() * one.weight());
    }
}
