package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.NodeTermination;
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

    private void removeDead() {
        nodes.all().stream()
                .filter(node -> node.role() == LaunchedRole.CONVERTER && !nodes.isAlive(node))
                .forEach(node -> {
                    console.print(node.id() + " (pid " + node.pid() + ") had died; removed");
                    nodes.remove(node);
                });
    }
}
