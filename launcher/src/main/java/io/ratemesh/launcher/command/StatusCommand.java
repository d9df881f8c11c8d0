package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.front.NodeView;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code status}. */
@Command(name = "status", description = "Shows the nodes, one line each. Exits 1 where no cluster is up.")
public final class StatusCommand implements Callable<Integer> {

    private final CommandContext workplace;

    public StatusCommand(CommandContext workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        ClusterState state = workplace.cluster();
        RunningCluster cluster = new RunningCluster(workplace, state);
        Console console = workplace.console();
        Optional<List<NodeView>> announced = cluster.stats().nodes();
        new StatusTable(console.clock().instant())
                .lines(state.nodes(), announced.orElse(List.of()))
                .forEach(console::say);
        if (announced.isEmpty()) {
            console.complain(
                    "the balancer does not answer at " + cluster.facts().stats().uri("/stats.json")
                            + " (or refuses the password of " + cluster.facts().passwordFile()
                            + "); only the processes of this machine are shown");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }
}
