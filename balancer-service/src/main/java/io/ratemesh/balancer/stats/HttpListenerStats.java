package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerSnapshot;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * An address that clients speak HTTP to, for one row {@code FRONTEND}.
 *
 * @param name as statistics and the access log call it
 * @param limit connections that may be open there now; where several share them, all of those
 * @param loops what each event loop counts there
 */
public record HttpListenerStats(String name, IntSupplier limit, List<ListenerCounts> loops) {

    /** What all loops counted. */
    ListenerSnapshot counts() {
        return loops.stream().map(ListenerCounts::snapshot).reduce(ListenerSnapshot.NONE, ListenerSnapshot::plus);
    }
}
