package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.cluster.StopSignal;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code converter}. */
@Command(
        name = "converter",
        description = "Starts one more converter in the foreground. It joins the running cluster. "
                + "The exit code is that of the converter.")
public final class ConverterCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with settings (default: the file with which the cluster was started).")
    private Optional<Path> config = Optional.empty();

    private final CommandContext context;

    public ConverterCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ClusterState state = context.cluster();
        Optional<Path> file = config.map(context.workingFolder()::resolve);
        file.filter(path -> !Files.isReadable(path)).ifPresent(path -> {
            throw CommandFailure.wrongUsage("--config " + path + ": cannot be read; use a YAML file");
        });
        StartedNode node = context.locked(() -> {
            RunningCluster cluster = new RunningCluster(context, state);
            return new NodeStarter(context, state)
                    .foreground(LaunchedRole.CONVERTER, cluster.jars().inUse(LaunchedRole.CONVERTER), file);
        });
        Process process = node.process();
        StopSignal signal = new StopSignal(() -> {
            state.nodes().markStopping(node.record());
            // Ctrl-C reaches the node too, but SIGTERM is sent to this process only.
            process.destroy();
            return awaitExit(process, state, node);
        });
        int code = awaitExit(process, state, node);
        signal.close();
        return code;
    }

    private static int awaitExit(Process process, ClusterState state, StartedNode node) {
        int code = process.onExit().join().exitValue();
        state.nodes().remove(node.record());
        return code;
    }
}
