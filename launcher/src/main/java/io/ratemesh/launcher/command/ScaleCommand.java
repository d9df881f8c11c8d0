package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code scale}. */
@Command(name = "scale", description = "Starts or drains converters until there are N.")
public final class ScaleCommand implements Callable<Integer> {

    @Parameters(paramLabel = "N", converter = NodeCountConverter.class, description = "How many converters.")
    private int converters;

    private final CommandContext workplace;

    public ScaleCommand(CommandContext workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        return LockedCluster.during(workplace, () -> {
            new RunningCluster(workplace, workplace.cluster()).scaling().to(converters);
            return ExitCode.DONE;
        });
    }
}
