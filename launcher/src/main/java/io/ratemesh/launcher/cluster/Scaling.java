package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.JarShelf;
import io.ratemesh.launcher.process.Termination;
import io.ratemesh.launcher.state.NodeRecord;
import io.ratemesh.launcher.state.NodeRegistry;
import io.ratemesh.launcher.state.NodeRole;
import java.util.List;

/** Changes the number of converters. */
public final class Scaling {

    private final NodeRegistry nodes;
    private final Newcomers newcomers;
    private final JarShelf jars;
    private final Termination termination;
    private final Console console;

    Scaling(NodeRegistry nodes, Newcomers newcomers, JarShelf jars, Termination termination, Console console) {
        this.nodes = nodes;
        this.newcomers = newcomers;
        this.jars = jars;
        this.termination = termination;
        this.console = console;
    }

    /** Starts or drains the difference, the youngest first, and waits until that is done. */
    public void to(int count) {
        forgetDead();
        List<NodeRecord> running = nodes.staying(NodeRole.CONVERTER);
        if (running.size() < count) {
            newcomers.add(NodeRole.CONVERTER, jars.inUse(NodeRole.CONVERTER), count - running.size());
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
                .filter(node -> node.role() == NodeRole.CONVERTER && !nodes.isAlive(node))
                .forEach(node -> {
                    console.say(node.id() + " (pid " + node.pid() + ") had died; forgotten");
                    nodes.remove(node);
                });
    }
}
