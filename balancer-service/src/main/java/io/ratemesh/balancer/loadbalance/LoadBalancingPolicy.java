package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The algorithm of a pool on one event loop. Called for each request: it allocates nothing. */
interface LoadBalancingPolicy {

    /**
     * Selects an upstream.
     *
     * @param servers the eligible ones; some may be at their limit
     * @return null where all are at their limit or were tried
     */
    @Nullable
    UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext context);

    static LoadBalancingPolicy of(Algorithm algorithm) {
        return switch (algorithm) {
            case LEAST_CONNECTIONS -> new LeastConnections();
            case ROUND_ROBIN -> new RoundRobin();
            case RANDOM_TWO -> new RandomTwo(new SplittableRandom());
            case SOURCE_HASH -> RendezvousHash.bySource();
            case URI_HASH -> RendezvousHash.byUri();
            case FIRST -> new FirstAvailable();
        };
    }
}
