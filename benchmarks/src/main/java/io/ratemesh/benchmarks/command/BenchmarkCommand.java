package io.ratemesh.benchmarks.command;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.OpenFiles;
import io.ratemesh.node.log.LogConfigurator;
import io.ratemesh.node.settings.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of a load run: what all of them are told, the load of the machine before and after, and the exit code:
 * 0 where the outcome is good, 1 where not, 2 for wrong usage.
 */
public abstract class BenchmarkCommand implements Callable<Integer> {

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting of our services, for comparison")
    private List<String> settings = List.of();

    @Option(names = "--project", paramLabel = "DIR", hidden = true)
    private Path project = Path.of("");

    @Option(names = "--converter-options", paramLabel = "WORDS", hidden = true)
    private String converterOptions = "-XX:+UseSerialGC";

    @Option(names = "--balancer-options", paramLabel = "WORDS", hidden = true)
    private String balancerOptions = "-XX:+UseSerialGC";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public final Integer call() {
        check();
        LogConfigurator.apply(settings().log());
        Services services =
                new Services(project.toAbsolutePath(), words(converterOptions), words(balancerOptions), settings);
        try {
            System.out.println(title() + "; load average before: " + Machine.load());
            Outcome outcome = run(services);
            System.out.println("load average after: " + Machine.load() + System.lineSeparator());
            outcome.lines().forEach(System.out::println);
            return outcome.good() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalStateException e) {
            System.err.println(spec.name() + ": " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /**
     * Holds the options against what they may be.
     *
     * @throws ParameterException by {@link #require}
     */
    protected abstract void check();

    /** What is about to be measured, in a few words. */
    protected abstract String title();

    /**
     * Measures.
     *
     * @throws IllegalStateException where that cannot be done
     */
    protected abstract Outcome run(Services services);

    /** The defaults, but quiet. */
    protected static Settings settings() {
        return Settings.load(Optional.empty(), List.of("log.level=warn"), Map.of());
    }

    /** Wrong usage, unless it is right. */
    protected final void require(boolean right, String complaint) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }

    /** Wrong usage, unless a number is 1 or more. */
    protected final void requireSome(String option, long number) {
        require(number >= 1, option + ": " + number + " (expected: 1 or more)");
    }

    /** Wrong usage, unless there is something to do. */
    protected final void checkTurns(RoundOptions turns) {
        requireSome("--rounds", turns.rounds());
        requireSome("--seconds", turns.seconds());
        requireSome("--warm-up", turns.warmUp());
    }

    /** Wrong usage, unless a process may have as many connections. */
    protected final void requireFiles(long connections) {
        OpenFiles.complaint(connections).ifPresent(complaint -> require(false, complaint));
    }

    /** Wrong usage, unless our front door has a loop. */
    protected final void checkDoor(ProxyOptions door) {
        requireSome("--loops", door.loops());
    }

    private static List<String> words(String options) {
        return Arrays.stream(options.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
