package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.front.BalancerClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.Polling;
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
 * Replaces nodes one at a time by new ones of the newest build. The replacement is ready before the old node is asked to
 * leave, wherever two of them can stand side by side.
 */
public final class RollingRestart {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final NodeRegistry nodes;
    private final AddedNodes newcomers;
    private final JarCache jars;
    private final NodeTermination termination;
    private final GivenSettings given;
    private final ClusterSnapshot facts;
    private final Console console;

    RollingRestart(
            NodeRegistry nodes,
            AddedNodes newcomers,
            JarCache jars,
            NodeTermination termination,
            GivenSettings given,
            ClusterSnapshot facts,
            Console console) {
        this.nodes = nodes;
        this.newcomers = newcomers;
        this.jars = jars;
        this.termination = termination;
        this.given = given;
        this.facts = facts;
        this.console = console;
    }

    /** Restarts every node of a role. */
    public void of(LaunchedRole role) {
        Path jar = jars.newest(role);
        if (role == LaunchedRole.BALANCER) {
            console.say(
                    "the balancer is alone on its port: the front door is closed until its successor is up, a second or two on an idle machine");
        }
        for (NodeRecord old : nodes.staying(role)) {
            if (role == LaunchedRole.BALANCER) {
                replaceBalancer(old, jar);
            } else if (hasFixedPort(role)) {
                ask(old);
                termination.finish(List.of(old));
                newcomers.add(role, jar, 1);
            } else {
                newcomers.add(role, jar, 1);
                ask(old);
                termination.finish(List.of(old));
            }
        }
        jars.tidy();
    }

    private void replaceBalancer(NodeRecord old, Path jar) {
        ask(old);
        // It gives its ports up before the answers under way have ended: no need to wait for those.
        Polling.within(PATIENCE)
                .until(() -> !nodes.isAlive(old)
                        || (PortAvailability.isFree(facts.door()) && PortAvailability.isFree(facts.stats())));
        newcomers.add(LaunchedRole.BALANCER, jar, 1);
        BalancerClient door = new BalancerClient(facts.door());
        if (!Polling.within(PATIENCE).until(door::converts)) {
            throw CommandFailure.failed("no conversion was answered at " + door.conversion() + " within "
                    + PATIENCE.toSeconds() + " s of the restart");
        }
        termination.finish(List.of(old));
    }

    private void ask(NodeRecord node) {
        console.progress("draining " + node.id());
        termination.ask(node);
    }

    private boolean hasFixedPort(LaunchedRole role) {
        return given.port(role.word() + ".port").filter(port -> port > 0).isPresent();
    }
}
