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
    private final AddedNodes newcomers;
    private final JarCache jars;
    private final NodeTermination termination;
    private final Console console;

    ConverterScaling(
            NodeRegistry nodes, AddedNodes newcomers, JarCache jars, NodeTermination termination, Console console) {
        this.nodes = nodes;
        this.newcomers = newcomers;
        this.jars = jars;
        this.termination = termination;
        this.console = console;
    }

    /** Starts or drains the difference, the youngest first, and waits until that is done. */
    public void to(int count) {
        forgetDead();
        List<NodeRecord> running = nodes.staying(LaunchedRole.CONVERTER);
        if (running.size() < count) {
            newcomers.add(LaunchedRole.CONVERTER, jars.inUse(LaunchedRole.CONVERTER), count - running.size());
        } else {
            List<NodeRecord> youngest = running.subList(count, running.size());
            youngest.forEach(node -> {
                console.progress("draining " + node.id());
                termination.ask(node);
            });
            termination.finish(youngest);
        }
        console.progress("converters: " + running.size() + " -> " + count);
    }

    private void forgetDead() {
        nodes.all().stream()
                .filter(node -> node.role() == LaunchedRole.CONVERTER && !nodes.isAlive(node))
                .forEach(node -> {
                    console.say(node.id() + " (pid " + node.pid() + ") had died; forgotten");
                    nodes.remove(node);
                });
    }
}
