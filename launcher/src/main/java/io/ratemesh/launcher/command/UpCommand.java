package io.ratemesh.launcher.command;

import io.ratemesh.launcher.cluster.BringUp;
import io.ratemesh.launcher.cluster.Shutdown;
import io.ratemesh.launcher.cluster.StopSignal;
import io.ratemesh.launcher.cluster.Watch;
import io.ratemesh.launcher.front.StatsPort;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.outcome.Failure;
import io.ratemesh.launcher.process.JarShelf;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.Ports;
import io.ratemesh.launcher.state.ClusterFacts;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.Workplace;
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
            converter = NodeCount.class,
            description = "How many converters (default: 2).")
    private int converters;

    @Option(
            names = "--port",
            paramLabel = "P",
            converter = PortNumber.class,
            description = "The port of the front door (default: 8080).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--stats-port",
            paramLabel = "P",
            converter = PortNumber.class,
            description = "The port of the statistics (default: 8404).")
    private Optional<Integer> statsPort = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "A file of settings for all nodes.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--demo", description = "Simulated rates that change each second, without any network.")
    private boolean demo;

    @Option(names = "--detach", description = "Returns and leaves the nodes running; stop them with down.")
    private boolean detach;

    private final Workplace workplace;

    public UpCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        Running running = LockedCluster.during(workplace, this::start);
        Console console = workplace.console();
        new Greeting(running.facts(), detach).lines(converters, console).forEach(console::say);
        if (detach) {
            running.signal().close();
            return ExitCode.DONE;
        }
        try {
            return new Watch(workplace.cluster(), running.facts(), console).untilTheEnd(running.signal()::fired);
        } finally {
            running.signal().close();
        }
    }

    private record Running(ClusterFacts facts, StopSignal signal) {}

    private Running start() {
        ClusterState state = workplace.cluster();
        if (state.isUp()) {
            throw Failure.failed("a cluster is already up (state in "
                    + state.home().folder() + "): ./ratemesh status shows it, ./ratemesh down stops it");
        }
        Console console = workplace.console();
        GivenSettings given = GivenSettings.read(
                workplace.environment(), config.map(workplace.workingFolder()::resolve), workplace.workingFolder());
        ClusterFacts facts = new UpDecisions(workplace, given).decide(config, port, statsPort, demo);
        Ports.requireFree(facts.door(), "--port");
        Ports.requireFree(facts.stats(), "--stats-port");
        state.clear();
        JarShelf jars = new JarShelf(workplace.project(), state);
        jars.prepare(workplace);
        state.write(facts);

        NodeStarter starter = new NodeStarter(workplace, state);
        Shutdown shutdown = new Shutdown(state, console, given);
        StopSignal signal = new StopSignal(() -> {
            starter.close();
            return shutdown.run() ? ExitCode.DONE : ExitCode.FAILED;
        });
        StatsPort stats = new StatsPort(facts, workplace.environment());
        try {
            new BringUp(facts, given, starter, jars, stats, console).run(converters);
        } catch (RuntimeException failure) {
            signal.stopHereIfFired();
            shutdown.run();
            signal.close();
            throw failure;
        }
        return new Running(facts, signal);
    }
}
