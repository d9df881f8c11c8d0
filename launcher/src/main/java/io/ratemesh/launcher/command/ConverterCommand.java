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
        description = "Starts one more converter in the foreground; it joins the cluster that is up. "
                + "Exits with the exit code of the node.")
public final class ConverterCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file of settings (default: the one the cluster was started with).")
    private Optional<Path> config = Optional.empty();

    private final CommandContext workplace;

    public ConverterCommand(CommandContext workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        ClusterState state = workplace.cluster();
        Optional<Path> file = config.map(workplace.workingFolder()::resolve);
        file.filter(path -> !Files.isReadable(path)).ifPresent(path -> {
            throw CommandFailure.wrongUsage("--config " + path + ": cannot be read (expected: a YAML file)");
        });
        StartedNode node = LockedCluster.during(workplace, () -> {
            RunningCluster cluster = new RunningCluster(workplace, state);
            return new NodeStarter(workplace, state)
                    .foreground(LaunchedRole.CONVERTER, cluster.jars().inUse(LaunchedRole.CONVERTER), file);
        });
        Process process = node.process();
        StopSignal signal = new StopSignal(() -> {
            state.nodes().markLeaving(node.record());
            // Ctrl-C has reached the node too, but SIGTERM to this process alone has not.
            process.destroy();
            return ended(process, state, node);
        });
        int code = ended(process, state, node);
        signal.close();
        return code;
    }

    private static int ended(Process process, ClusterState state, StartedNode node) {
        int code = process.onExit().join().exitValue();
        state.nodes().remove(node.record());
        return code;
    }
}
