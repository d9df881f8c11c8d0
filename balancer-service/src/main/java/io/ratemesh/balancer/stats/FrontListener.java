package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.proxy.FrontDoorCounts;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * An address that clients speak HTTP to, for one row {@code FRONTEND}.
 *
 * @param name as statistics and the access log call it
 * @param limit connections that may be open there now; where several share them, all of those
 * @param loops what each event loop counts there
 */
public record FrontListener(String name, IntSupplier limit, List<FrontDoorCounts> loops) {

    /** What all loops counted. */
    FrontDoorSnapshot counts() {
        return loops.stream().map(FrontDoorCounts::snapshot).reduce(FrontDoorSnapshot.NONE, FrontDoorSnapshot::plus);
    }
}
