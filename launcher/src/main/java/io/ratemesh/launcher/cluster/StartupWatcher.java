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

/** Stays with a cluster in the foreground and tells of nodes that end unasked; their logs are kept within bounds. */
public final class StartupWatcher {

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final long LONGEST_LOG = 64L << 20;

    private final ClusterState state;
    private final Instant startedAt;
    private final Console console;
    private final Set<String> suspects = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    public StartupWatcher(ClusterState state, ClusterSnapshot facts, Console console) {
        this.state = state;
        this.startedAt = facts.startedAt();
        this.console = console;
    }

    /**
     * Returns when the cluster is gone.
     *
     * @param interrupted asked all the time; ends the watch when it says yes
     * @return the exit code
     */
    public int untilTheEnd(BooleanSupplier interrupted) {
        while (!Polling.within(PERIOD).until(interrupted)) {
            if (state.facts()
                    .filter(facts -> facts.startedAt().equals(startedAt))
                    .isEmpty()) {
                console.say("the cluster was stopped by another command");
                return ExitCode.DONE;
            }
            new NodeLog(state.home().logs()).cut(LONGEST_LOG);
            List<NodeRecord> nodes = state.nodes().all();
            nodes.forEach(this::look);
            // None at all is another command at its last step.
            if (!nodes.isEmpty() && nodes.stream().allMatch(node -> told.contains(node.id()))) {
                console.complain("no node is left; the cluster is down");
                state.clear();
                return ExitCode.FAILED;
            }
        }
        return ExitCode.DONE;
    }

    private void look(NodeRecord node) {
        if (node.leaving() || state.nodes().isAlive(node)) {
            return;
        }
        // Its end and the note that it was wanted are two steps of another command: look twice.
        if (!suspects.add(node.id()) && told.add(node.id())) {
            console.complain(node.id() + " (pid " + node.pid() + ") died unexpectedly"
                    + StartedNode.lastWords(new NodeLog(state.home().logs()).file(node.id())));
        }
    }
}
