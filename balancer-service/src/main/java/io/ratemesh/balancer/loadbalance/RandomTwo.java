package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Of two random servers the one with less load relative to its weight: nearly as even as least connections, at a cost that does
 * not grow with the pool, and without several balancers selecting the same server at once.
 */
final class RandomTwo implements LoadBalancingPolicy {

    private final RandomGenerator random;

    RandomTwo(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext context) {
        int size = servers.length;
        if (size == 0) {
            return null;
        }
        UpstreamOnLoop one = from(servers, random.nextInt(size), null, context);
        if (one == null || size == 1) {
            return one;
        }
        UpstreamOnLoop two = from(servers, random.nextInt(size), one, context);
        if (two == null) {
            return one;
        }
        // With one more request each, so that weights count between idle servers as well.
        long onOne = (one.load() + UpstreamOnLoop.LOAD_PER_REQUEST) * two.weight();
        long onTwo = (two.load() + UpstreamOnLoop.LOAD_PER_REQUEST) * one.weight();
        return onOne <= onTwo ? one : two;
    }

    private static @Nullable UpstreamOnLoop from(
            UpstreamOnLoop[] servers, int start, @Nullable UpstreamOnLoop not, SelectionContext context) {
        for (int i = 0, at = start; i < servers.length; i++, at = at + 1 == servers.length ? 0 : at + 1) {
            UpstreamOnLoop server = servers[at];
            if (server != not && server.updateLoad() && !context.hasTried(server)) {
                return server;
            }
        }
        return null;
    }
}
