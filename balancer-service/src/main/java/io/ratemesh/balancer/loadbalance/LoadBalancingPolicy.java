package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** An algorithm of a pool on one event loop. Called for each request: nothing is allocated. */
interface LoadBalancingPolicy {

    /**
     * Chooses.
     *
     * @param servers those that take requests; full ones may be among them
     * @return null where all are full or have been tried
     */
    @Nullable
    UpstreamOnLoop choose(UpstreamOnLoop[] servers, SelectionContext asking);

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
