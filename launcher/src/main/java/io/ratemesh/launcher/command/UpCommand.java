package io.ratemesh.launcher.command;

import io.ratemesh.launcher.client.StatsClient;
import io.ratemesh.launcher.cluster.ClusterShutdown;
import io.ratemesh.launcher.cluster.ClusterStart;
import io.ratemesh.launcher.cluster.StartupWatcher;
import io.ratemesh.launcher.cluster.StopSignal;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.LauncherCommandFile;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.PortAvailability;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}. */
@Command(
        name = "up",
        description = "Starts one rates node, converters and a balancer, and waits until a conversion succeeds. "
                + "Runs in the foreground until Ctrl-C, which stops all nodes, or returns with --detach.")
public final class UpCommand implements Callable<Integer> {

    private static final String NUMBER = "N";

    @Option(
            names = "--converters",
            paramLabel = NUMBER,
            defaultValue = "2",
            converter = OptionConverters.NodeCount.class,
            description = "The number of converters, 1 to 64 (default: 2).")
    private int converters;

    @Option(
            names = "--port",
            paramLabel = "P",
            converter = OptionConverters.Port.class,
            description = "The HTTP port of the balancer (default: 8080).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--stats-port",
            paramLabel = "P",
            converter = OptionConverters.Port.class,
            description = "The stats port of the balancer (default: 8404).")
    private Optional<Integer> statsPort = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "YAML file with settings for all nodes.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--demo", description = "Simulated rates that change every second, without network access.")
    private boolean demo;

    @Option(names = "--detach", description = "Returns and keeps the nodes running; stop them with ./ratemesh down.")
    private boolean detach;

    private final CommandContext context;

    public UpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Running running = context.locked(this::start);
        Console console = context.console();
        new StartSummary(running.snapshot(), detach).lines(converters, console).forEach(console::print);
        if (detach) {
            running.signal().close();
            return ExitCode.DONE;
        }
        try {
            return new StartupWatcher(context.cluster(), running.snapshot(), console).watch(running.signal()::hasFired);
        } finally {
            running.signal().close();
        }
    }

    private record Running(ClusterSnapshot snapshot, StopSignal signal) {}

    private Running start() {
        ClusterState state = context.cluster();
        if (state.isUp()) {
            throw CommandFailure.failed("a cluster is already up (state in "
                    + state.home().folder() + "): ./ratemesh status shows it, ./ratemesh down stops it");
        }
        Console console = context.console();
        GivenSettings given = GivenSettings.read(
                context.environment(), config.map(context.workingFolder()::resolve), context.workingFolder());
        ClusterSnapshot snapshot = new UpPlan(context, given).decide(config, port, statsPort, demo);
        PortAvailability.requireFree(snapshot.http(), "--port");
        PortAvailability.requireFree(snapshot.stats(), "--stats-port");
        state.clear();
        JarCache jars = new JarCache(context.project(), state);
        jars.deleteUnused();
        state.write(snapshot);
        LauncherCommandFile.write(context);

        NodeStarter starter = new NodeStarter(context, state);
        ClusterShutdown shutdown = new ClusterShutdown(context, state, given);
        StopSignal signal = new StopSignal(() -> {
            starter.close();
            return shutdown.run() ? ExitCode.DONE : ExitCode.FAILED;
        });
        StatsClient stats = new StatsClient(snapshot, context.environment());
        try {
            new ClusterStart(snapshot, given, starter, jars, stats, console).run(converters);
        } catch (RuntimeException failure) {
            signal.parkIfFired();
            shutdown.run();
            signal.close();
            throw failure;
        }
        return new Running(snapshot, signal);
    }
}
