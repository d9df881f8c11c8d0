package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.front.StatsClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.Polling;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes added to a cluster that runs. */
final class AddedNodes {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final NodeStarter starter;
    private final StatsClient stats;
    private final Console console;

    AddedNodes(CommandContext workplace, NodeStarter starter, StatsClient stats) {
        this.starter = starter;
        this.stats = stats;
        this.console = workplace.console();
    }

    /**
     * Starts nodes of a role and waits until the balancer knows each as READY.
     *
     * @throws CommandFailure where one ends early or is not ready in time
     */
    void add(LaunchedRole role, Path jar, int count) {
        List<StartedNode> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StartedNode node = starter.background(role, jar, List.of());
            console.progress(node.id() + " started (pid " + node.record().pid() + ")");
            started.add(node);
        }
        started.forEach(this::awaitReady);
    }

    private void awaitReady(StartedNode node) {
        boolean ready = Polling.within(PATIENCE).until(() -> {
            node.requireAlive();
            return stats.isReady(node.id());
        });
        if (!ready) {
            throw CommandFailure.failed(node.id() + " was not READY within " + PATIENCE.toSeconds()
                    + " s as far as the balancer knows" + node.lastWords());
        }
        console.progress(node.id() + " is ready");
    }
}
