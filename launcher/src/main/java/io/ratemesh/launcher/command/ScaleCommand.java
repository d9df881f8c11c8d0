package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code scale}. */
@Command(name = "scale", description = "Starts or drains converters until N are running.")
public final class ScaleCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "N",
            converter = OptionConverters.NodeCount.class,
            description = "The number of converters, 1 to 64.")
    private int converters;

    private final CommandContext context;

    public ScaleCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.locked(() -> {
            new RunningCluster(context, context.cluster()).scaling().scaleTo(converters);
            return ExitCode.DONE;
        });
    }
}
