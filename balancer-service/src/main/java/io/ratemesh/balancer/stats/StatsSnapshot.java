package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.pool.PoolSnapshot;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All counts at one moment.
 *
 * @param at when
 * @param listeners the front door's addresses
 * @param pools in their order
 * @param loopLags how late each event loop was at most in the last 10 to 20 s
 */
record StatsSnapshot(Instant at, List<Listener> listeners, List<PoolSnapshot> pools, List<Duration> loopLags) {

    /** One address of the front door. */
    record Listener(String name, String mode, FrontDoorSnapshot counts) {}

    FrontDoorSnapshot frontDoor() {
        return listeners.stream().map(Listener::counts).reduce(FrontDoorSnapshot.NONE, FrontDoorSnapshot::plus);
    }
}
