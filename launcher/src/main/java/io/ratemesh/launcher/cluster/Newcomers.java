package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.front.StatsPort;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.Failure;
import io.ratemesh.launcher.outcome.Patience;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.state.NodeRole;
import io.ratemesh.launcher.state.Workplace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes added to a cluster that runs. */
final class Newcomers {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final NodeStarter starter;
    private final StatsPort stats;
    private final Console console;

    Newcomers(Workplace workplace, NodeStarter starter, StatsPort stats) {
        this.starter = starter;
        this.stats = stats;
        this.console = workplace.console();
    }

    /**
     * Starts nodes of a role and waits until the balancer knows each as READY.
     *
     * @throws Failure where one ends early or is not ready in time
     */
    void add(NodeRole role, Path jar, int count) {
        List<StartedNode> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StartedNode node = starter.background(role, jar, List.of());
            console.progress(node.id() + " started (pid " + node.record().pid() + ")");
            started.add(node);
        }
        started.forEach(this::awaitReady);
    }

    private void awaitReady(StartedNode node) {
        boolean ready = Patience.within(PATIENCE).until(() -> {
            node.requireAlive();
            return stats.isReady(node.id());
        });
        if (!ready) {
            throw Failure.failed(node.id() + " was not READY within " + PATIENCE.toSeconds()
                    + " s as far as the balancer knows" + node.lastWords());
        }
        console.progress(node.id() + " is ready");
    }
}
