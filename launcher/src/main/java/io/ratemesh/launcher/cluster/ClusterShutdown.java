package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.NodeTermination;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.NodeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drains and stops a whole cluster. The front door closes first, so that nobody is let in whom a converter could not
 * serve any more; the converters follow, and end the streams that the front door still carries; the rates node, which
 * they all read from, is last.
 */
public final class ClusterShutdown {

    /** The front door's start before the converters: it needs them for the answers under way. */
    private static final Duration HEAD_START = Duration.ofSeconds(3);

    private static final Duration DRAIN_BY_DEFAULT = Duration.ofSeconds(20);

    /** Beyond the drain: more than the 10 s that a node itself allows for being heard and leaving its cluster. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final ClusterState state;
    private final Console console;
    private final NodeTermination termination;

    public ClusterShutdown(ClusterState state, Console console, GivenSettings given) {
        this.state = state;
        this.console = console;
        this.termination = new NodeTermination(state.nodes(), console, deadline(given));
    }

    /** How long a node may take to drain and end before it is killed. */
    public static Duration deadline(GivenSettings given) {
        return given.duration("node.drain-timeout").orElse(DRAIN_BY_DEFAULT).plus(GRACE);
    }

    /**
     * Stops every node and forgets the cluster.
     *
     * @return whether all ended by themselves
     */
    public boolean run() {
        List<NodeRecord> doors = of(LaunchedRole.BALANCER);
        List<NodeRecord> front = new ArrayList<>(doors);
        ask(doors);
        termination.awaitEnd(doors, HEAD_START);
        List<NodeRecord> converters = of(LaunchedRole.CONVERTER);
        ask(converters);
        front.addAll(converters);
        boolean inPeace = termination.finish(front);
        List<NodeRecord> rates = of(LaunchedRole.RATES);
        ask(rates);
        inPeace &= termination.finish(rates);
        state.clear();
        return inPeace;
    }

    private List<NodeRecord> of(LaunchedRole role) {
        return state.nodes().living().stream()
                .filter(node -> node.role() == role)
                .toList();
    }

    private void ask(List<NodeRecord> nodes) {
        nodes.forEach(termination::ask);
        if (!nodes.isEmpty()) {
            console.say("draining "
                    + String.join(", ", nodes.stream().map(NodeRecord::id).toList()));
        }
    }
}
