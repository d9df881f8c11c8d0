package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.client.BalancerClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.NodeTermination;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.PortAvailability;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.NodeRecord;
import io.ratemesh.launcher.state.NodeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Replaces nodes with the newest build, one at a time. A replacement is ready before the old node is drained, unless both need the
 * same port.
 */
public final class RollingRestart {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final NodeRegistry nodes;
    private final AddedNodes addedNodes;
    private final JarCache jars;
    private final NodeTermination termination;
    private final GivenSettings given;
    private final ClusterSnapshot snapshot;
    private final Console console;

    RollingRestart(
            NodeRegistry nodes,
            AddedNodes addedNodes,
            JarCache jars,
            NodeTermination termination,
            GivenSettings given,
            ClusterSnapshot snapshot,
            Console console) {
        this.nodes = nodes;
        this.addedNodes = addedNodes;
        this.jars = jars;
        this.termination = termination;
        this.given = given;
        this.snapshot = snapshot;
        this.console = console;
    }

    /** Restarts all nodes of a role. */
    public void restart(LaunchedRole role) {
        Path jar = jars.newest(role);
        if (role == LaunchedRole.BALANCER) {
            console.print("the HTTP port is closed until the new balancer is up, a second or two on an idle machine");
        }
        List<NodeRecord> all = nodes.active(role);
        for (int i = 0; i < all.size(); i++) {
            NodeRecord old = all.get(i);
            console.progress("replacing " + old.id() + " (" + (i + 1) + " of " + all.size() + ")");
            if (role == LaunchedRole.BALANCER) {
                replaceBalancer(old, jar);
            } else if (hasFixedPort(role)) {
                drain(old);
                termination.finish(List.of(old));
                addedNodes.add(role, jar, 1);
            } else {
                addedNodes.add(role, jar, 1);
                drain(old);
                termination.finish(List.of(old));
            }
        }
        jars.deleteUnused();
    }

    private void replaceBalancer(NodeRecord old, Path jar) {
        drain(old);
        // It closes its ports before the responses in flight have ended, so the new balancer need not wait for those.
        console.await(
                TIMEOUT,
                () -> "the ports of " + old.id(),
                () -> !nodes.isAlive(old)
                        || (PortAvailability.isFree(snapshot.http()) && PortAvailability.isFree(snapshot.stats())));
        addedNodes.add(LaunchedRole.BALANCER, jar, 1);
        BalancerClient balancer = new BalancerClient(snapshot.http());
        if (!console.await(TIMEOUT, () -> "a conversion", balancer::converts)) {
            throw CommandFailure.failed("no conversion succeeded at " + balancer.conversion() + " within "
                    + TIMEOUT.toSeconds() + " s of the restart");
        }
        termination.finish(List.of(old));
    }

    private void drain(NodeRecord node) {
        console.progress("draining " + node.id());
        termination.drain(node);
    }

    private boolean hasFixedPort(LaunchedRole role) {
        return given.port(role.word() + ".port").filter(port -> port > 0).isPresent();
    }
}
