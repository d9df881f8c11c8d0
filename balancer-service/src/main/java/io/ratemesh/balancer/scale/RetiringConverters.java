package io.ratemesh.balancer.scale;

import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Converters that were ordered to leave and still announce READY. One that goes on doing so counts again: the order was lost. */
final class RetiringConverters {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Map<String, Long> sinceNanos = new HashMap<>();

    void add(String id, long nowNanos) {
        sinceNanos.put(id, nowNanos);
    }

    void remove(String id) {
        sinceNanos.remove(id);
    }

    Set<String> ids() {
        return Set.copyOf(sinceNanos.keySet());
    }

    void update(Collection<Announcement> nodes, long nowNanos) {
        sinceNanos
                .entrySet()
                .removeIf(each -> nowNanos - each.getValue() >= PATIENCE_NANOS
                        || nodes.stream()
                                .noneMatch(node -> node.id().equals(each.getKey()) && node.state() == NodeState.READY));
    }
}
