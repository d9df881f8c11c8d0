package io.ratemesh.launcher.process;

import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.Polling;
import io.ratemesh.launcher.state.NodeRecord;
import io.ratemesh.launcher.state.NodeRegistry;
import java.time.Duration;
import java.util.List;

/** Ends nodes: they are asked to drain, and killed only where they do not end in time. */
public final class NodeTermination {

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final NodeRegistry nodes;
    private final Console console;
    private final Duration deadline;

    /** Kills what has not ended {@code deadline} after it was asked to. */
    public NodeTermination(NodeRegistry nodes, Console console, Duration deadline) {
        this.nodes = nodes;
        this.console = console;
        this.deadline = deadline;
    }

    /** Asks a node to drain and end. */
    public void ask(NodeRecord node) {
        nodes.markLeaving(node);
        if (nodes.isAlive(node)) {
            ProcessHandle.of(node.pid()).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Whether all of them end within the time. */
    public boolean awaitEnd(List<NodeRecord> leaving, Duration time) {
        return Polling.within(time).until(() -> leaving.stream().noneMatch(nodes::isAlive));
    }

    /**
     * Waits for nodes that were asked, kills what is left of them at the deadline and forgets them all.
     *
     * @return whether every one ended by itself
     */
    public boolean finish(List<NodeRecord> leaving) {
        boolean byThemselves = awaitEnd(leaving, deadline);
        if (!byThemselves) {
            leaving.stream().filter(nodes::isAlive).forEach(this::kill);
            awaitEnd(leaving, AFTER_KILL);
        }
        leaving.forEach(nodes::remove);
        return byThemselves;
    }

    private void kill(NodeRecord node) {
        console.complain(node.id() + " (pid " + node.pid() + ") did not end within " + deadline.toSeconds()
                + " s of being asked to; killed");
        ProcessHandle.of(node.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
}
