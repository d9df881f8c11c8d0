package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import org.jspecify.annotations.Nullable;

/**
 * Smooth weighted round robin, as in nginx: weights 5, 1, 1 give a a b a c a a. Each candidate's credit grows by its weight per
 * selection; the highest credit is selected and reduced by the sum of the weights.
 */
final class RoundRobin implements LoadBalancingPolicy {

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext context) {
        for (UpstreamOnLoop server : servers) {
            server.setCandidate(server.hasCapacity() && !context.hasTried(server));
        }
        return nextCandidate(servers);
    }

    /** The next of the candidates. */
    static @Nullable UpstreamOnLoop nextCandidate(UpstreamOnLoop[] servers) {
        @Nullable UpstreamOnLoop next = null;
        long round = 0;
        for (UpstreamOnLoop server : servers) {
            if (server.isCandidate()) {
                server.addCredit(server.weight());
                round += server.weight();
                if (next == null || server.credit() > next.credit()) {
                    next = server;
                }
            }
        }
        if (next != null) {
            next.addCredit(-round);
        }
        return next;
    }
}
