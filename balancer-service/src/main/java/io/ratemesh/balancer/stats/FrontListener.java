package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.proxy.FrontDoorCounts;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import java.util.List;

/**
 * An address that clients connect to, for one row {@code FRONTEND}.
 *
 * @param name as statistics and the access log call it
 * @param mode {@code http} or {@code tcp}
 * @param loops what each event loop counts there
 */
public record FrontListener(String name, String mode, List<FrontDoorCounts> loops) {

    /** What all loops counted. */
    FrontDoorSnapshot counts() {
        return loops.stream().map(FrontDoorCounts::snapshot).reduce(FrontDoorSnapshot.NONE, FrontDoorSnapshot::plus);
    }

    /** Connections that are open now. */
    public long connectionsOpen() {
        return counts().connectionsOpen();
    }
}
