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
@Command(name = "down", description = "Drains and stops all nodes. Logs, data and the password are kept.")
public final class DownCommand implements Callable<Integer> {

    private final CommandContext context;

    public DownCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.locked(this::stop);
    }

    private int stop() {
        ClusterState state = context.cluster();
        Console console = context.console();
        if (state.nodes().running().isEmpty()) {
            state.clear();
            console.print("no cluster is running (state in " + state.home().folder() + ")");
            return ExitCode.DONE;
        }
        new ClusterShutdown(context, state, given(state)).run();
        console.progress("all nodes are down");
        return ExitCode.DONE;
    }

    private GivenSettings given(ClusterState state) {
        try {
            return state.snapshot()
                    .map(snapshot ->
                            GivenSettings.read(context.environment(), snapshot.config(), snapshot.workingFolder()))
                    .orElseGet(() -> GivenSettings.none(context.environment()));
        } catch (CommandFailure unreadable) {
            // The nodes must stop even if the settings file is missing or invalid now.
            return GivenSettings.none(context.environment());
        }
    }
}
