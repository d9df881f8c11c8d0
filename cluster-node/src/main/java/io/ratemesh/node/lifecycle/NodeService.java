package io.ratemesh.node.lifecycle;

import io.ratemesh.node.NodeRole;
import io.vertx.core.Future;
import io.vertx.micrometer.MetricsDomain;
import java.time.Duration;
import java.util.Set;

/** What a node does besides being one. */
public interface NodeService {

    /** Its role on the cluster. */
    NodeRole role();

    /** What Vert.x need not measure, because the service counts it by itself where it costs less. */
    default Set<MetricsDomain> measuredByItself() {
        return Set.of();
    }

    /**
     * Starts. Completes when it listens and has told {@link Node#announcer()} its port; it says READY there by itself,
     * then or later.
     */
    Future<Void> start(Node node);

    /**
     * Ends what is under way. The node has said DRAINING, and the balancers have heard.
     *
     * @param timeout after which requests under way may be cut
     */
    Future<Void> drain(Node node, Duration timeout);
}
