package io.ratemesh.launcher.command;

import io.ratemesh.launcher.client.NodeView;
import io.ratemesh.launcher.cluster.RunningCluster;
import io.ratemesh.launcher.cluster.StopSignal;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Polling;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code converter}. */
@Command(
        name = "converter",
        description = "Starts one more converter in the foreground. It joins the running cluster. "
                + "One line says when it serves; all others are its log. Ctrl-C drains and stops it. "
                + "The exit code is that of the converter.")
public final class ConverterCommand implements Callable<Integer> {

    /** Without a balancer nobody says that the converter serves. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

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
        ForegroundConverter started = context.locked(() -> {
            RunningCluster cluster = new RunningCluster(context, state);
            StartedNode node = new NodeStarter(context, state)
                    .foreground(LaunchedRole.CONVERTER, cluster.jars().inUse(LaunchedRole.CONVERTER), file);
            return new ForegroundConverter(node, cluster);
        });
        StartedNode node = started.node();
        Process process = node.process();
        StopSignal signal = new StopSignal(() -> {
            state.nodes().markStopping(node.record());
            // Ctrl-C reaches the node too, but SIGTERM is sent to this process only.
            process.destroy();
            return awaitExit(process, state, node);
        });
        printWhenReady(started);
        int code = awaitExit(process, state, node);
        signal.close();
        return code;
    }

    private record ForegroundConverter(StartedNode node, RunningCluster cluster) {}

    private void printWhenReady(ForegroundConverter started) {
        String id = started.node().id();
        Polling.within(TIMEOUT).until(() -> {
            Optional<NodeView> ready = started.cluster().stats().findReady(id);
            ready.ifPresent(node -> context.console()
                    .print(id + " serves at http://" + node.address() + " in cluster "
                            + started.cluster().snapshot().clusterName() + "; Ctrl-C stops it"));
            return ready.isPresent() || !started.node().process().isAlive();
        });
    }

    private static int awaitExit(Process process, ClusterState state, StartedNode node) {
        int code = process.onExit().join().exitValue();
        state.nodes().remove(node.record());
        return code;
    }
}
