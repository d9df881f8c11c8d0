package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.client.StatsClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.NodeTermination;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;

/** The running cluster of a home. */
public final class RunningCluster {

    private final CommandContext context;
    private final ClusterState state;
    private final ClusterSnapshot snapshot;
    private final GivenSettings given;
    private final StatsClient stats;
    private final JarCache jars;

    /**
     * Reads the state of the cluster.
     *
     * @throws CommandFailure if no cluster is running
     */
    public RunningCluster(CommandContext context, ClusterState state) {
        this.context = context;
        this.state = state;
        this.snapshot = state.requireRunning();
        this.given = GivenSettings.read(context.environment(), snapshot.config(), snapshot.workingFolder());
        this.stats = new StatsClient(snapshot, context.environment());
        this.jars = new JarCache(context.project(), state);
    }

    public ClusterSnapshot snapshot() {
        return snapshot;
    }

    public StatsClient stats() {
        return stats;
    }

    public JarCache jars() {
        return jars;
    }

    public ConverterScaling scaling() {
        return new ConverterScaling(state.nodes(), addedNodes(), jars, termination(), console());
    }

    public RollingRestart restart() {
        return new RollingRestart(state.nodes(), addedNodes(), jars, termination(), given, snapshot, console());
    }

    private AddedNodes addedNodes() {
        return new AddedNodes(context, new NodeStarter(context, state), stats);
    }

    private NodeTermination termination() {
        return new NodeTermination(state.nodes(), console(), ClusterShutdown.deadline(given));
    }

    private Console console() {
        return context.console();
    }
}
