package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerSnapshot;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * An HTTP listener, for one row {@code FRONTEND}.
 *
 * @param name in statistics and the access log
 * @param limit of open connections, which listeners may share
 * @param loops counters of each event loop
 */
public record HttpListenerStats(String name, IntSupplier limit, List<ListenerCounts> loops) {

    /** Returns the sum of all event loops. */
    ListenerSnapshot counts() {
        return loops.stream().map(ListenerCounts::snapshot).reduce(ListenerSnapshot.NONE, ListenerSnapshot::plus);
    }
}
