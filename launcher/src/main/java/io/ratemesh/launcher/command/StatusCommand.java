package io.ratemesh.launcher.command;

import io.ratemesh.launcher.client.NodeView;
import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code status}. */
@Command(name = "status", description = "Prints one line per node. The exit code is 1 if no cluster is running.")
public final class StatusCommand implements Callable<Integer> {

    private final CommandContext context;

    public StatusCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ClusterState state = context.cluster();
        RunningCluster cluster = new RunningCluster(context, state);
        Console console = context.console();
        Optional<List<NodeView>> announced = cluster.stats().nodes();
        new StatusTable(console.clock().instant())
                .lines(state.nodes(), announced.orElse(List.of()))
                .forEach(console::print);
        announced.flatMap(StatusTable::mixedBuilds).ifPresent(console::print);
        if (announced.isEmpty()) {
            console.printError("the balancer does not respond at "
                    + cluster.snapshot().stats().uri("/stats.json")
                    + " (or rejects the password in " + cluster.snapshot().passwordFile()
                    + "); only the processes of this machine are shown");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }
}
