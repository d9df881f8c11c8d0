package io.ratemesh.balancer.pool;

import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** An algorithm of a pool on one event loop. Called for each request: nothing is allocated. */
interface Choice {

    /**
     * Chooses.
     *
     * @param servers those that take requests; full ones may be among them
     * @return null where all are full or have been tried
     */
    @Nullable
    UpstreamOnLoop choose(UpstreamOnLoop[] servers, Asking asking);

    static Choice of(Algorithm algorithm) {
        return switch (algorithm) {
            case LEAST_CONNECTIONS -> new LeastConnections();
            case ROUND_ROBIN -> new RoundRobin();
            case RANDOM_TWO -> new RandomTwo(new SplittableRandom());
            case SOURCE_HASH -> Rendezvous.bySource();
            case URI_HASH -> Rendezvous.byUri();
            case FIRST -> new First();
        };
    }
}
