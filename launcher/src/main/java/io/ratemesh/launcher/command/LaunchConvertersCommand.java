package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.CommandContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code launch-converters}: the scaler of a balancer runs it. It prints the id of each converter on a line of its own. */
@Command(name = "launch-converters", hidden = true, description = "Starts N more converters, for the scaler.")
public final class LaunchConvertersCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "N",
            converter = OptionConverters.NodeCount.class,
            description = "The number of converters to add, 1 to 64.")
    private int count;

    private final CommandContext context;

    public LaunchConvertersCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Optional<List<String>> ids = context.lockedNow(
                () -> new RunningCluster(context, context.cluster()).scaling().launch(count));
        ids.ifPresent(started -> started.forEach(context.console()::print));
        return ids.isPresent() ? ExitCode.DONE : ExitCode.BUSY;
    }
}
