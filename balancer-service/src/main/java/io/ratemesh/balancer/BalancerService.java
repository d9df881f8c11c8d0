package io.ratemesh.balancer;

import io.ratemesh.balancer.inspection.SettingsInspection;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.ServiceCommand;
import io.ratemesh.node.lifecycle.SettingsReport;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.micrometer.MetricsDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node service of a balancer: its command, and its place in a node's life. */
public final class BalancerService implements NodeService {

    private static final Logger LOG = LoggerFactory.getLogger(BalancerService.class);

    private @Nullable Balancer balancer;

    BalancerService() {}

    /** Runs a balancer node. */
    public static void main(String[] args) {
        ServiceCommand.run(
                new BalancerService(),
                "The load balancer: forwards requests to the converters or to other servers, serves the UI and the"
                        + " statistics.",
                args);
    }

    @Override
    public NodeRole role() {
        return NodeRole.BALANCER;
    }

    @Override
    public Set<MetricsDomain> ownMetrics() {
        return Set.of(
                MetricsDomain.HTTP_SERVER,
                MetricsDomain.HTTP_CLIENT,
                MetricsDomain.NET_SERVER,
                MetricsDomain.NET_CLIENT);
    }

    @Override
    public SettingsReport inspect(Settings settings) {
        return SettingsInspection.of(settings, Instant.now());
    }

    @Override
    public Future<Void> start(Node node) {
        return Balancer.create(node)
                .onSuccess(created -> balancer = created)
                .compose(created ->
                        created.listen().compose(statsPort -> announce(node, created.listeners(), statsPort)));
    }

    private static Future<Void> announce(Node node, List<Listener> listeners, int statsPort) {
        return node.announcer()
                .setPort(listeners.get(0).port())
                .compose(ignored -> node.announcer().setState(NodeState.READY))
                .onSuccess(ignored -> LOG.info(StartupMessage.of(node.settings().balancer(), listeners, statsPort)));
    }

    @Override
    public Future<Void> reload(Settings next) {
        return Objects.requireNonNull(balancer, "started").reload(next);
    }

    @Override
    public Future<Void> drain(Node node, Duration timeout) {
        return balancer == null ? Future.succeededFuture() : balancer.drain(timeout);
    }
}
