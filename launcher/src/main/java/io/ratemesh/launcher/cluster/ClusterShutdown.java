package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.NodeTermination;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.NodeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drains and stops a whole cluster: first the balancer, so that no new requests arrive, then the converters, which end the open
 * streams, and the rates node last.
 */
public final class ClusterShutdown {

    /** The time between balancer and converters, which the balancer needs for responses in flight. */
    private static final Duration BALANCER_TIME = Duration.ofSeconds(3);

    private static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(20);

    /** The time after the drain timeout; a node needs up to 10 s for the drain handshake and for leaving the cluster. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final ClusterState state;
    private final Console console;
    private final NodeTermination termination;

    public ClusterShutdown(CommandContext context, ClusterState state, GivenSettings given) {
        this.state = state;
        this.console = context.console();
        this.termination = new NodeTermination(state.nodes(), context.console(), deadline(given));
    }

    /** How long a node may take to drain and end before it is killed. */
    public static Duration deadline(GivenSettings given) {
        return given.duration("node.drain-timeout")
                .orElse(DEFAULT_DRAIN_TIMEOUT)
                .plus(given.duration("balancer.drain-delay").orElse(Duration.ZERO))
                .plus(GRACE);
    }

    /**
     * Stops all nodes and deletes the state of the cluster.
     *
     * @return whether all ended without being killed
     */
    public boolean run() {
        List<NodeRecord> balancers = running(LaunchedRole.BALANCER);
        List<NodeRecord> serving = new ArrayList<>(balancers);
        drain(balancers);
        termination.awaitEnd(balancers, BALANCER_TIME);
        List<NodeRecord> converters = running(LaunchedRole.CONVERTER);
        drain(converters);
        serving.addAll(converters);
        boolean graceful = termination.finish(serving);
        List<NodeRecord> rates = running(LaunchedRole.RATES);
        drain(rates);
        graceful &= termination.finish(rates);
        state.clear();
        return graceful;
    }

    private List<NodeRecord> running(LaunchedRole role) {
        return state.nodes().running().stream()
                .filter(node -> node.role() == role)
                .toList();
    }

    private void drain(List<NodeRecord> nodes) {
        nodes.forEach(termination::drain);
        if (!nodes.isEmpty()) {
            console.print("draining "
                    + String.join(", ", nodes.stream().map(NodeRecord::id).toList()));
        }
    }
}
