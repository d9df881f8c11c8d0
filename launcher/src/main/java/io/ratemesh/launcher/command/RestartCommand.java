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
        description = "Replaces the nodes with the newest build, one at a time, without a failed request. "
                + "Only the balancer is unavailable for a second or two, while the new one starts.")
public final class RestartCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "ROLE",
            converter = OptionConverters.Role.class,
            description = "rates, converter or balancer (default: all roles, in this order).")
    private Optional<LaunchedRole> role = Optional.empty();

    private final CommandContext context;

    public RestartCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.locked(() -> {
            RollingRestart restart = new RunningCluster(context, context.cluster()).restart();
            role.map(List::of).orElse(List.of(LaunchedRole.values())).forEach(restart::restart);
            context.console().progress("all replaced");
            return ExitCode.DONE;
        });
    }
}
