package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.RollingRestart;
import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.NodeRole;
import io.ratemesh.launcher.state.Workplace;
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
            converter = RoleName.class,
            description = "rates, converter or balancer (default: all of them, in this order).")
    private Optional<NodeRole> role = Optional.empty();

    private final Workplace workplace;

    public RestartCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        return LockedCluster.during(workplace, () -> {
            RollingRestart restart = new RunningCluster(workplace, workplace.cluster()).restart();
            role.map(List::of).orElse(List.of(NodeRole.values())).forEach(restart::of);
            return ExitCode.DONE;
        });
    }
}
