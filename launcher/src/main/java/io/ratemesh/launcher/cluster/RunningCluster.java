package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.front.StatsClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.NodeTermination;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;

/** What can be done with the cluster of a home while it is up. */
public final class RunningCluster {

    private final CommandContext workplace;
    private final ClusterState state;
    private final ClusterSnapshot facts;
    private final GivenSettings given;
    private final StatsClient stats;
    private final JarCache jars;

    /**
     * Finds it.
     *
     * @throws CommandFailure where none is up
     */
    public RunningCluster(CommandContext workplace, ClusterState state) {
        this.workplace = workplace;
        this.state = state;
        this.facts = state.factsOfRunning();
        this.given = GivenSettings.read(workplace.environment(), facts.config(), facts.workingFolder());
        this.stats = new StatsClient(facts, workplace.environment());
        this.jars = new JarCache(workplace.project(), state);
    }

    public ClusterSnapshot facts() {
        return facts;
    }

    public StatsClient stats() {
        return stats;
    }

    public JarCache jars() {
        return jars;
    }

    public ConverterScaling scaling() {
        return new ConverterScaling(state.nodes(), newcomers(), jars, termination(), console());
    }

    public RollingRestart restart() {
        return new RollingRestart(state.nodes(), newcomers(), jars, termination(), given, facts, console());
    }

    private AddedNodes newcomers() {
        return new AddedNodes(workplace, new NodeStarter(workplace, state), stats);
    }

    private NodeTermination termination() {
        return new NodeTermination(state.nodes(), console(), ClusterShutdown.deadline(given));
    }

    private Console console() {
        return workplace.console();
    }
}
