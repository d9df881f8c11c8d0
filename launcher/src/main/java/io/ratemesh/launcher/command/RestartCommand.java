package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.RollingRestart;
import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restart}. */
@Command(
        name = "restart",
        description = "Replaces the nodes by ones of the newest build, one at a time, without a failed request; "
                + "only the balancer, alone on its port, is away while its successor starts.")
public final class RestartCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "ROLE",
            converter = RoleConverter.class,
            description = "rates, converter or balancer (default: all of them, in this order).")
    private Optional<LaunchedRole> role = Optional.empty();

    private final CommandContext workplace;

    public RestartCommand(CommandContext workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        return LockedCluster.during(workplace, () -> {
            RollingRestart restart = new RunningCluster(workplace, workplace.cluster()).restart();
            role.map(List::of).orElse(List.of(LaunchedRole.values())).forEach(restart::of);
            return ExitCode.DONE;
        });
    }
}
