package io.ratemesh.launcher.process;

import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.state.NodeRecord;
import io.ratemesh.launcher.state.NodeRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Stops nodes: drains them, and kills those that do not end in time. */
public final class NodeTermination {

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final NodeRegistry nodes;
    private final Console console;
    private final Duration deadline;

    /** Kills nodes that have not ended {@code deadline} after the start of the drain. */
    public NodeTermination(NodeRegistry nodes, Console console, Duration deadline) {
        this.nodes = nodes;
        this.console = console;
        this.deadline = deadline;
    }

    /** Starts to drain a node, which then ends. */
    public void drain(NodeRecord node) {
        nodes.markStopping(node);
        if (nodes.isAlive(node)) {
            ProcessHandle.of(node.pid()).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Waits until all nodes have ended; false after the timeout. */
    public boolean awaitEnd(List<NodeRecord> stopping, Duration timeout) {
        return console.await(
                timeout,
                () -> String.join(", ", alive(stopping).map(NodeRecord::id).toList()) + " to end",
                () -> alive(stopping).findAny().isEmpty());
    }

    /**
     * Waits for draining nodes, kills those that still run at the deadline, and removes all from the registry.
     *
     * @return whether all ended without being killed
     */
    public boolean finish(List<NodeRecord> stopping) {
        boolean drained = awaitEnd(stopping, deadline);
        if (!drained) {
            alive(stopping).forEach(this::kill);
            awaitEnd(stopping, AFTER_KILL);
        }
        stopping.forEach(nodes::remove);
        return drained;
    }

    private Stream<NodeRecord> alive(List<NodeRecord> stopping) {
        return stopping.stream().filter(nodes::isAlive);
    }

    private void kill(NodeRecord node) {
        console.printError(node.id() + " (pid " + node.pid() + ") did not end within " + deadline.toSeconds()
                + " s of the start of its drain; killed");
        ProcessHandle.of(node.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
}
