package io.ratemesh.benchmarks.jmh;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.report.Report;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench jmh}. */
@Command(
        name = "jmh",
        description =
                "Measures conversions beside Moneta, look-ups, decoding, encoding and the pick of an upstream with JMH.")
public final class JmhBenchmark extends BenchmarkCommand {

    private static final String CLASS_PATH = "java.class.path";
    private static final int QUICK_ITERATIONS = 3;
    private static final TimeValue QUICK_TIME = TimeValue.milliseconds(400);
    private static final TimeValue SMOKE_TIME = TimeValue.milliseconds(10);

    @Option(names = "--quick", description = "A warm-up of 1.2 s and three iterations of 0.4 s.")
    private boolean quick;

    @Option(names = "--smoke", description = "One iteration of 10 ms, which only shows that each benchmark works.")
    private boolean smoke;

    @Override
    protected Report run(ServiceBuild services) {
        ProgressLine.step("JMH, a JVM for each benchmark");
        String own = System.getProperty(CLASS_PATH);
        // JMH starts its JVMs with this property. Only they need the services, which are not in the jar of the
        // benchmarks.
        System.setProperty(
                CLASS_PATH,
                Stream.of(own, services.jar("converter-service"), services.jar("balancer-service"))
                        .map(String::valueOf)
                        .collect(Collectors.joining(File.pathSeparator)));
        try {
            return report(new Runner(options()).run());
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH: " + e.getMessage(), e);
        } finally {
            System.setProperty(CLASS_PATH, own);
        }
    }

    private Options options() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("io\\.ratemesh\\..*")
                .forks(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (quick) {
            options.warmupIterations(QUICK_ITERATIONS)
                    .warmupTime(QUICK_TIME)
                    .measurementIterations(QUICK_ITERATIONS)
                    .measurementTime(QUICK_TIME);
        }
        if (smoke) {
            options.warmupIterations(1)
                    .warmupTime(SMOKE_TIME)
                    .measurementIterations(1)
                    .measurementTime(SMOKE_TIME);
        }
        return options.build();
    }

    private static Report report(Collection<RunResult> results) {
        List<JmhReport.Result> all = new ArrayList<>();
        results.forEach(result -> Microbenchmark.of(result.getParams().getBenchmark())
                .ifPresent(benchmark ->
                        all.add(new JmhReport.Result(benchmark, parameter(result.getParams()), nanos(result)))));
        return new JmhReport(all);
    }

    private static String parameter(BenchmarkParams params) {
        return params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(", "));
    }

    private static List<Double> nanos(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
    }
}
