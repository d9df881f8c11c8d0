package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Of two taken at random the one with less load for its weight: nearly as even as looking at all, at a cost that does not
 * grow with the pool, and without all balancers turning to the same server at once.
 */
final class RandomTwo implements LoadBalancingPolicy {

    private final RandomGenerator random;

    RandomTwo(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext asking) {
        int size = servers.length;
        if (size == 0) {
            return null;
        }
        UpstreamOnLoop one = from(servers, random.nextInt(size), null, asking);
        if (one == null || size == 1) {
            return one;
        }
        UpstreamOnLoop two = from(servers, random.nextInt(size), one, asking);
        if (two == null) {
            return one;
        }
        // One request more than each has: so weights count between idle ones, too.
        long onOne = (one.load() + UpstreamOnLoop.LOAD_PER_REQUEST) * two.weight();
        long onTwo = (two.load() + UpstreamOnLoop.LOAD_PER_REQUEST) * one.weight();
        return onOne <= onTwo ? one : two;
    }

    private static @Nullable UpstreamOnLoop from(
            UpstreamOnLoop[] servers, int start, @Nullable UpstreamOnLoop not, SelectionContext asking) {
        for (int i = 0, at = start; i < servers.length; i++, at = at + 1 == servers.length ? 0 : at + 1) {
            UpstreamOnLoop server = servers[at];
            if (server != not && server.updateLoad() && !asking.hasTried(server)) {
                return server;
            }
        }
        return null;
    }
}
