package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.log.NodeLog;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.outcome.Polling;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Watches a cluster in the foreground: reports nodes that end unexpectedly, and limits the size of the logs. */
public final class StartupWatcher {

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final long MAX_LOG_BYTES = 64L << 20;

    private final ClusterState state;
    private final Instant startedAt;
    private final Console console;
    private final Set<String> suspects = new HashSet<>();
    private final Set<String> reported = new HashSet<>();

    public StartupWatcher(ClusterState state, ClusterSnapshot snapshot, Console console) {
        this.state = state;
        this.startedAt = snapshot.startedAt();
        this.console = console;
    }

    /**
     * Returns when the cluster has ended.
     *
     * @param interrupted polled; ends the watch when true
     * @return the exit code
     */
    public int watch(BooleanSupplier interrupted) {
        while (!Polling.within(PERIOD).until(interrupted)) {
            if (state.snapshot()
                    .filter(snapshot -> snapshot.startedAt().equals(startedAt))
                    .isEmpty()) {
                console.print("the cluster was stopped by another command");
                return ExitCode.DONE;
            }
            new NodeLog(state.home().logs()).truncate(MAX_LOG_BYTES);
            List<NodeRecord> nodes = state.nodes().all();
            nodes.forEach(this::check);
            // An empty registry means that another command has just stopped the cluster.
            if (!nodes.isEmpty() && nodes.stream().allMatch(node -> reported.contains(node.id()))) {
                console.printError("all nodes have ended; the cluster is down");
                state.clear();
                return ExitCode.FAILED;
            }
        }
        return ExitCode.DONE;
    }

    private void check(NodeRecord node) {
        if (node.stopping() || state.nodes().isAlive(node)) {
            return;
        }
        // Another command may have stopped the node and not stored that yet, so the second look counts.
        if (!suspects.add(node.id()) && reported.add(node.id())) {
            console.printError(node.id() + " (pid " + node.pid() + ") died unexpectedly"
                    + StartedNode.lastLines(new NodeLog(state.home().logs()).file(node.id())));
        }
    }
}
