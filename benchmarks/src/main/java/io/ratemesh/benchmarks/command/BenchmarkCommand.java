package io.ratemesh.benchmarks.command;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.process.FileDescriptorLimit;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.node.log.LogConfigurator;
import io.ratemesh.node.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of a benchmark. It prints the machine's load and the report. The exit code is 0 if the goals are met, 1 if not,
 * and 2 for wrong usage.
 */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
public abstract class BenchmarkCommand implements Callable<Integer> {

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public final Integer call() {
        ProgressLine.startClock();
        try {
            Report report = report();
            report.lines().forEach(ProgressLine::print);
            return report.isGoalMet() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IllegalStateException e) {
            ProgressLine.printError(spec.qualifiedName() + ": " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    /**
     * Runs the benchmark and returns its result.
     *
     * @throws IllegalStateException if it cannot be run
     * @throws ParameterException if an option is invalid
     */
    public final Report report() {
        spec.options().forEach(this::requirePositive);
        validate();
        LogConfigurator.apply(settings().log());
        ProgressLine.print(title() + "; load average before: " + Machine.load());
        ProgressLine.step("starting the servers");
        Report report = run(services.services());
        ProgressLine.print("load average after: " + Machine.load() + System.lineSeparator());
        return report;
    }

    /**
     * Validates the options, except that numbers are positive: that is required of all that are not optional.
     *
     * @throws ParameterException by {@link #require}
     */
    protected void validate() {}

    /** What is measured, or on which machine. */
    protected String title() {
        return Machine.description();
    }

    /**
     * Runs the benchmark.
     *
     * @throws IllegalStateException if it cannot be run
     */
    protected abstract Report run(ServiceBuild services);

    /** The default settings with little logging. */
    protected static Settings settings() {
        return Settings.load(Optional.empty(), List.of("log.level=warn"), Map.of());
    }

    /** Throws an error of usage unless a condition holds. */
    protected final void require(boolean valid, String message) {
        if (!valid) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    /** Requires that one process can have a number of connections. */
    protected final void requireFileDescriptors(long connections) {
        FileDescriptorLimit.check(connections).ifPresent(message -> require(false, message));
    }

    private void requirePositive(OptionSpec option) {
        Object value = option.getValue();
        Stream<?> values = value instanceof List<?> list ? list.stream() : Stream.ofNullable(value);
        values.filter(Number.class::isInstance)
                .map(Number.class::cast)
                .forEach(number -> require(
                        number.longValue() >= 1,
                        option.longestName() + ": " + number + " is too small; use 1 or more"));
    }
}
