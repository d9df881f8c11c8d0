package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.ClusterShutdown;
import io.ratemesh.launcher.cluster.ClusterStart;
import io.ratemesh.launcher.cluster.StartupWatcher;
import io.ratemesh.launcher.cluster.StopSignal;
import io.ratemesh.launcher.front.StatsClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.process.JarCache;
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
        description = "Starts one rates node, converters and a balancer, and waits until a conversion is answered. "
                + "Stays in the foreground until Ctrl-C, which stops them all, or --detach.")
public final class UpCommand implements Callable<Integer> {

    private static final String NUMBER = "N";

    @Option(
            names = "--converters",
            paramLabel = NUMBER,
            defaultValue = "2",
            converter = NodeCountConverter.class,
            description = "How many converters (default: 2).")
    private int converters;

    @Option(
            names = "--port",
            paramLabel = "P",
            converter = PortConverter.class,
            description = "The port of the front door (default: 8080).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--stats-port",
            paramLabel = "P",
            converter = PortConverter.class,
            description = "The port of the statistics (default: 8404).")
    private Optional<Integer> statsPort = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "A file of settings for all nodes.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--demo", description = "Simulated rates that change each second, without any network.")
    private boolean demo;

    @Option(names = "--detach", description = "Returns and leaves the nodes running; stop them with down.")
    private boolean detach;

    private final CommandContext workplace;

    public UpCommand(CommandContext workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        Running running = LockedCluster.during(workplace, this::start);
        Console console = workplace.console();
        new StartSummary(running.facts(), detach).lines(converters, console).forEach(console::say);
        if (detach) {
            running.signal().close();
            return ExitCode.DONE;
        }
        try {
            return new StartupWatcher(workplace.cluster(), running.facts(), console)
                    .untilTheEnd(running.signal()::fired);
        } finally {
            running.signal().close();
        }
    }

    private record Running(ClusterSnapshot facts, StopSignal signal) {}

    private Running start() {
        ClusterState state = workplace.cluster();
        if (state.isUp()) {
            throw CommandFailure.failed("a cluster is already up (state in "
                    + state.home().folder() + "): ./ratemesh status shows it, ./ratemesh down stops it");
        }
        Console console = workplace.console();
        GivenSettings given = GivenSettings.read(
                workplace.environment(), config.map(workplace.workingFolder()::resolve), workplace.workingFolder());
        ClusterSnapshot facts = new UpPlan(workplace, given).decide(config, port, statsPort, demo);
        PortAvailability.requireFree(facts.door(), "--port");
        PortAvailability.requireFree(facts.stats(), "--stats-port");
        state.clear();
        JarCache jars = new JarCache(workplace.project(), state);
        jars.prepare(workplace);
        state.write(facts);

        NodeStarter starter = new NodeStarter(workplace, state);
        ClusterShutdown shutdown = new ClusterShutdown(state, console, given);
        StopSignal signal = new StopSignal(() -> {
            starter.close();
            return shutdown.run() ? ExitCode.DONE : ExitCode.FAILED;
        });
        StatsClient stats = new StatsClient(facts, workplace.environment());
        try {
            new ClusterStart(facts, given, starter, jars, stats, console).run(converters);
        } catch (RuntimeException failure) {
            signal.stopHereIfFired();
            shutdown.run();
            signal.close();
            throw failure;
        }
        return new Running(facts, signal);
    }
}
