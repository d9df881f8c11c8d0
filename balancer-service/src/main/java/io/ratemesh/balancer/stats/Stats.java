package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.pool.PoolOnLoop;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.balancer.proxy.FrontDoorCounts;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import java.util.List;

/**
 * Adds the counts of all event loops up, when someone asks.
 *
 * @param pool the converters
 * @param loops the pool and the front door as each loop counted them
 */
public record Stats(Pool pool, List<LoopStats> loops) {

    /** One event loop's. */
    public record LoopStats(PoolOnLoop pool, FrontDoorCounts frontDoor) {}

    /** What happened at the front door. */
    public FrontDoorSnapshot frontDoor() {
        return loops.stream()
                .map(loop -> loop.frontDoor().snapshot())
                .reduce(FrontDoorSnapshot.NONE, FrontDoorSnapshot::plus);
    }

    /** Requests under way at all upstreams. */
    public int inFlight() {
        return (int)
                pool.upstreams().stream().mapToLong(Upstream::requestsInFlight).sum();
    }
}
