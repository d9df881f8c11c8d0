package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.front.StatsPort;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.Failure;
import io.ratemesh.launcher.process.JarShelf;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.Termination;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.state.ClusterFacts;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.Workplace;

/** What can be done with the cluster of a home while it is up. */
public final class RunningCluster {

    private final Workplace workplace;
    private final ClusterState state;
    private final ClusterFacts facts;
    private final GivenSettings given;
    private final StatsPort stats;
    private final JarShelf jars;

    /**
     * Finds it.
     *
     * @throws Failure where none is up
     */
    public RunningCluster(Workplace workplace, ClusterState state) {
        this.workplace = workplace;
        this.state = state;
        this.facts = state.factsOfRunning();
        this.given = GivenSettings.read(workplace.environment(), facts.config(), facts.workingFolder());
        this.stats = new StatsPort(facts, workplace.environment());
        this.jars = new JarShelf(workplace.project(), state);
    }

    public ClusterFacts facts() {
        return facts;
    }

    public StatsPort stats() {
        return stats;
    }

    public JarShelf jars() {
        return jars;
    }

    public Scaling scaling() {
        return new Scaling(state.nodes(), newcomers(), jars, termination(), console());
    }

    public RollingRestart restart() {
        return new RollingRestart(state.nodes(), newcomers(), jars, termination(), given, facts, console());
    }

    private Newcomers newcomers() {
        return new Newcomers(workplace, new NodeStarter(workplace, state), stats);
    }

    private Termination termination() {
        return new Termination(state.nodes(), console(), Shutdown.deadline(given));
    }

    private Console console() {
        return workplace.console();
    }
}
