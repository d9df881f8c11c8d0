package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.ClusterShutdown;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code down}. */
@Command(name = "down", description = "Drains and stops all nodes. Logs, data and password stay.")
public final class DownCommand implements Callable<Integer> {

    private final CommandContext workplace;

    public DownCommand(CommandContext workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        return LockedCluster.during(workplace, this::stop);
    }

    private int stop() {
        ClusterState state = workplace.cluster();
        Console console = workplace.console();
        if (state.nodes().living().isEmpty()) {
            state.clear();
            console.say("nothing runs (state in " + state.home().folder() + ")");
            return ExitCode.DONE;
        }
        new ClusterShutdown(state, console, given(state)).run();
        console.progress("all nodes are down");
        return ExitCode.DONE;
    }

    private GivenSettings given(ClusterState state) {
        try {
            return state.facts()
                    .map(facts -> GivenSettings.read(workplace.environment(), facts.config(), facts.workingFolder()))
                    .orElseGet(() -> GivenSettings.none(workplace.environment()));
        } catch (CommandFailure unreadable) {
            // A settings file that was lost since the start must not keep anyone from stopping the nodes.
            return GivenSettings.none(workplace.environment());
        }
    }
}
