package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import org.jspecify.annotations.Nullable;

/**
 * Each in turn, as often as its weight says and spread evenly: of weights 5, 1, 1 come a a b a c a a. Each server gains its
 * weight in every round and pays all of them when it is chosen; who has most is next.
 */
final class RoundRobin implements LoadBalancingPolicy {

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext asking) {
        for (UpstreamOnLoop server : servers) {
            server.inTurn = server.hasCapacity() && !asking.hasTried(server);
        }
        return nextCandidate(servers);
    }

    /** The next of those that are marked as in turn. */
    static @Nullable UpstreamOnLoop nextCandidate(UpstreamOnLoop[] servers) {
        @Nullable UpstreamOnLoop next = null;
        long round = 0;
        for (UpstreamOnLoop server : servers) {
            if (server.inTurn) {
                server.credit += server.weight();
                round += server.weight();
                if (next == null || server.credit > next.credit) {
                    next = server;
                }
            }
        }
        if (next != null) {
            next.credit -= round;
        }
        return next;
    }
}
