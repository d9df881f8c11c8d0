package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.front.FrontDoor;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.Failure;
import io.ratemesh.launcher.outcome.Patience;
import io.ratemesh.launcher.process.JarShelf;
import io.ratemesh.launcher.process.Termination;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.Ports;
import io.ratemesh.launcher.state.ClusterFacts;
import io.ratemesh.launcher.state.NodeRecord;
import io.ratemesh.launcher.state.NodeRegistry;
import io.ratemesh.launcher.state.NodeRole;
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
    private final Newcomers newcomers;
    private final JarShelf jars;
    private final Termination termination;
    private final GivenSettings given;
    private final ClusterFacts facts;
    private final Console console;

    RollingRestart(
            NodeRegistry nodes,
            Newcomers newcomers,
            JarShelf jars,
            Termination termination,
            GivenSettings given,
            ClusterFacts facts,
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
    public void of(NodeRole role) {
        Path jar = jars.newest(role);
        if (role == NodeRole.BALANCER) {
            console.say(
                    "the balancer is alone on its port: the front door is closed until its successor is up, a second or two on an idle machine");
        }
        for (NodeRecord old : nodes.staying(role)) {
            if (role == NodeRole.BALANCER) {
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
        Patience.within(PATIENCE)
                .until(() -> !nodes.isAlive(old) || (Ports.isFree(facts.door()) && Ports.isFree(facts.stats())));
        newcomers.add(NodeRole.BALANCER, jar, 1);
        FrontDoor door = new FrontDoor(facts.door());
        if (!Patience.within(PATIENCE).until(door::converts)) {
            throw Failure.failed("no conversion was answered at " + door.conversion() + " within "
                    + PATIENCE.toSeconds() + " s of the restart");
        }
        termination.finish(List.of(old));
    }

    private void ask(NodeRecord node) {
        console.progress("draining " + node.id());
        termination.ask(node);
    }

    private boolean hasFixedPort(NodeRole role) {
        return given.port(role.word() + ".port").filter(port -> port > 0).isPresent();
    }
}
