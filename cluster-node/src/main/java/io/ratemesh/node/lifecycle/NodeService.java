package io.ratemesh.node.lifecycle;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Future;
import io.vertx.micrometer.MetricsDomain;
import java.time.Duration;
import java.util.Set;

/** The part of a node that differs between roles. */
public interface NodeService {

    /** The role of the node. */
    NodeRole role();

    /** Metrics that Vert.x does not collect because the service does, at a lower cost. */
    default Set<MetricsDomain> ownMetrics() {
        return Set.of();
    }

    /**
     * Judges settings, and reads the files that they name, without a start.
     *
     * @param settings whose values have the right form
     */
    default SettingsReport inspect(Settings settings) {
        return SettingsReport.EMPTY;
    }

    /**
     * Starts the service. Completes when it listens and has announced its port. The service announces READY itself, then or
     * later.
     */
    Future<Void> start(Node node);

    /**
     * Applies reloaded settings completely, or fails with a {@link SettingsException} and applies none. Called on the event loop
     * that started the service.
     */
    default Future<Void> reload(Settings next) {
        return Future.failedFuture(new SettingsException("a " + role().word() + " cannot reload settings; restart it"));
    }

    /**
     * Finishes requests in flight. The balancers have already stopped sending new ones.
     *
     * @param timeout after which requests may be aborted
     */
    Future<Void> drain(Node node, Duration timeout);
}
