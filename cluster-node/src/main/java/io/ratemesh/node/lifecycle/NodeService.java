package io.ratemesh.node.lifecycle;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.SettingsException;
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
     * Takes over settings that were read again: all of what is different, or fails with a {@link SettingsException} and nothing
     * has changed. Called on the event loop that started the service, and after that.
     */
    default Future<Void> reload(Settings next) {
        return Future.failedFuture(
                new SettingsException("a " + role().word() + " takes over no settings while it runs: restart it"));
    }

    /**
     * Ends what is under way. The node has said DRAINING, and the balancers have heard.
     *
     * @param timeout after which requests under way may be cut
     */
    Future<Void> drain(Node node, Duration timeout);
}
