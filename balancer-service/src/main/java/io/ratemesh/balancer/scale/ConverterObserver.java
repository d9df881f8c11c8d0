package io.ratemesh.balancer.scale;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.Load;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sums up the announcements of all nodes. Remembers only since when each node has been in its state. */
final class ConverterObserver {

    /** The just-in-time compiler keeps a new JVM busy for about this long, whatever its load. */
    private static final long WARM_UP_NANOS = Duration.ofSeconds(15).toNanos();

    private record StateOfNode(NodeState state, long sinceNanos) {}

    private final Map<String, StateOfNode> states = new HashMap<>();

    /**
     * Sums up the announcements.
     *
     * @param retiring the ids of converters that were ordered to leave
     * @param startTimeout after which a STARTING converter no longer counts
     * @param nowNanos a monotonic clock
     */
    ClusterLoad observe(Collection<Announcement> nodes, Set<String> retiring, Duration startTimeout, long nowNanos) {
        int ready = 0;
        int warming = 0;
        int starting = 0;
        int draining = 0;
        double requests = 0;
        double cpu = 0;
        Set<String> present = new HashSet<>();
        for (Announcement node : nodes) {
            if (node.role() == NodeRole.BALANCER) {
                requests += node.load().converterRequests();
            } else if (node.role() == NodeRole.CONVERTER) {
                present.add(node.id());
                long ageNanos = nowNanos - since(node, nowNanos);
                if (node.state() == NodeState.DRAINING || retiring.contains(node.id())) {
                    draining++;
                } else if (node.state() == NodeState.STARTING) {
                    starting += ageNanos < startTimeout.toNanos() ? 1 : 0;
                } else if (ageNanos < WARM_UP_NANOS) {
                    ready++;
                    warming++;
                } else {
                    ready++;
                    cpu += processors(node.load());
                }
            }
        }
        states.keySet().retainAll(present);
        return new ClusterLoad(ready, warming, starting, draining, requests, cpu);
    }

    private long since(Announcement node, long nowNanos) {
        StateOfNode known = states.get(node.id());
        if (known == null || known.state() != node.state()) {
            known = new StateOfNode(node.state(), nowNanos);
            states.put(node.id(), known);
        }
        return known.sinceNanos();
    }

    /** A node of an earlier release does not say how many processors it has; it is probably on a machine like this one. */
    private static double processors(Load load) {
        int processors =
                load.processors() > 0 ? load.processors() : Runtime.getRuntime().availableProcessors();
        return load.cpu() * processors;
    }
}
