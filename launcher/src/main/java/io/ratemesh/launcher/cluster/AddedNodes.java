package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.client.StatsClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Adds nodes to a running cluster. */
final class AddedNodes {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final NodeStarter starter;
    private final StatsClient stats;
    private final Console console;

    AddedNodes(CommandContext context, NodeStarter starter, StatsClient stats) {
        this.starter = starter;
        this.stats = stats;
        this.console = context.console();
    }

    /**
     * Starts nodes of a role and waits until the balancer reports each as READY.
     *
     * @throws CommandFailure if one ends or is not ready in time
     */
    void add(LaunchedRole role, Path jar, int count) {
        List<StartedNode> started = start(role, jar, count);
        for (int i = 0; i < count; i++) {
            awaitReady(started.get(i), i + " of " + count + " ready");
        }
    }

    /** Starts nodes of a role. */
    List<StartedNode> start(LaunchedRole role, Path jar, int count) {
        List<StartedNode> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(starter.background(role, jar, List.of()));
        }
        return started;
    }

    private void awaitReady(StartedNode node, String soFar) {
        boolean ready = console.await(TIMEOUT, () -> node.id() + " (" + soFar + ")", () -> {
            node.requireAlive();
            return stats.isReady(node.id());
        });
        if (!ready) {
            throw CommandFailure.failed(node.id() + " was not READY within " + TIMEOUT.toSeconds()
                    + " s according to the balancer" + node.lastLines());
        }
        console.progress(node.id() + " is ready");
    }
}
