package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.CommandContext;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code retire-converter}: the scaler of a balancer runs it before it drains a converter. */
@Command(
        name = "retire-converter",
        hidden = true,
        description = "Records that a converter is about to leave, for the scaler.")
public final class RetireConverterCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NODE", description = "The id of the converter.")
    private String id = "";

    private final CommandContext context;

    public RetireConverterCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Optional<Integer> done = context.lockedNow(() -> {
            new RunningCluster(context, context.cluster()).scaling().retire(id);
            return ExitCode.DONE;
        });
        return done.orElse(ExitCode.BUSY);
    }
}
