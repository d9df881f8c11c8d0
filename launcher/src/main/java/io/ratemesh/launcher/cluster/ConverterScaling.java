package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.NodeTermination;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.NodeRecord;
import io.ratemesh.launcher.state.NodeRegistry;
import java.util.List;

/** Changes the number of converters. */
public final class ConverterScaling {

    private final NodeRegistry nodes;
    private final AddedNodes addedNodes;
    private final JarCache jars;
    private final NodeTermination termination;
    private final Console console;

    ConverterScaling(
            NodeRegistry nodes, AddedNodes addedNodes, JarCache jars, NodeTermination termination, Console console) {
        this.nodes = nodes;
        this.addedNodes = addedNodes;
        this.jars = jars;
        this.termination = termination;
        this.console = console;
    }

    /** Starts or drains converters, the newest first, and waits until {@code count} are running. */
    public void scaleTo(int count) {
        removeDead();
        List<NodeRecord> running = nodes.active(LaunchedRole.CONVERTER);
        if (running.size() < count) {
            addedNodes.add(LaunchedRole.CONVERTER, jars.inUse(LaunchedRole.CONVERTER), count - running.size());
        } else {
            List<NodeRecord> newest = running.subList(count, running.size());
            newest.forEach(node -> {
                console.progress("draining " + node.id());
                termination.drain(node);
            });
            termination.finish(newest);
        }
        console.progress("converters: " + running.size() + " -> " + count);
    }

    /**
     * Starts converters for the scaler of a balancer, which waits for them itself.
     *
     * @return their ids
     */
    public List<String> launch(int count) {
        removeDead();
        if (nodes.all().stream().anyMatch(node -> node.role() == LaunchedRole.BALANCER && node.stopping())) {
            throw CommandFailure.failed("the cluster is being stopped");
        }
        return addedNodes.start(LaunchedRole.CONVERTER, jars.inUse(LaunchedRole.CONVERTER), count).stream()
                .map(StartedNode::id)
                .toList();
    }

    /** Records that a converter leaves, so that its end is expected. The scaler drains it. */
    public void retire(String id) {
        removeDead();
        nodes.active(LaunchedRole.CONVERTER).stream()
                .filter(node -> node.id().equals(id))
                .forEach(nodes::markStopping);
    }

    private void removeDead() {
        nodes.all().stream()
                .filter(node -> node.role() == LaunchedRole.CONVERTER && !nodes.isAlive(node))
                .forEach(node -> {
                    if (!node.stopping()) {
                        console.print(node.id() + " (pid " + node.pid() + ") had died; removed");
                    }
                    nodes.remove(node);
                });
    }
}
