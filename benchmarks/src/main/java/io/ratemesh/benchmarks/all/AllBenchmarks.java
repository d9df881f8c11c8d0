package io.ratemesh.benchmarks.all;

import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.ServiceOptions;
import io.ratemesh.benchmarks.plot.Plots;
import io.ratemesh.benchmarks.process.Commit;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.results.BenchmarkOutcome;
import io.ratemesh.benchmarks.results.BenchmarkOutcome.Conditions;
import io.ratemesh.benchmarks.results.ResultsFile;
import io.ratemesh.benchmarks.results.RunResults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench all}. */
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the benchmarks one after another, in about 40 minutes; leave the machine alone meanwhile.",
            "Writes benchmarks/results.json, RESULTS.md and docs/images/bench-*.svg of the project.",
            "Exit code: 0 if all goals are met, 1 if not or if a benchmark could not be run, 2 for wrong usage."
        })
public final class AllBenchmarks implements Callable<Integer> {

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    @Option(names = "--quick", description = "Less than ten minutes; writes .ratemesh/bench-quick.json only.")
    private boolean quick;

    @Option(
            names = "--smoke",
            description =
                    "Only checks that each benchmark works; writes .ratemesh/bench-smoke.json only, ignores goals.")
    private boolean smoke;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Some benchmarks; writes .ratemesh/bench-full.json only.")
    private List<String> only = List.of();

    @Option(names = "--results", paramLabel = "FILE", description = "The results file, and nothing else is written.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--plots", paramLabel = "DIR", description = "Write the plots to this folder.")
    private Optional<Path> plots = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        require(!quick || !smoke, "--quick and --smoke: use one of them");
        BenchmarkPlan plan = quick ? BenchmarkPlan.QUICK : smoke ? BenchmarkPlan.SMOKE : BenchmarkPlan.FULL;
        List<PlannedBenchmark> benchmarks = selected(plan);
        ProgressLine.startClock();
        RunResults results = run(plan, benchmarks);
        // Only complete results are for all to read.
        boolean published = plan == BenchmarkPlan.FULL && only.isEmpty() && file.isEmpty();
        if (published) {
            rewritePage(services.project().resolve("benchmarks/RESULTS.md"), results);
        }
        plots.or(() -> Optional.of(services.project().resolve("docs/images")).filter(ignored -> published))
                .ifPresent(folder -> Plots.write(folder, results));
        ResultsPage.goals(results).forEach(ProgressLine::print);
        ProgressLine.print("results: " + resultsFile(plan));
        return results.isGoalMet() || (smoke && results.isComplete()) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<PlannedBenchmark> selected(BenchmarkPlan plan) {
        Set<String> unknown = new TreeSet<>(only);
        List<String> names =
                plan.benchmarks().stream().map(PlannedBenchmark::command).toList();
        names.forEach(unknown::remove);
        require(
                unknown.isEmpty(),
                "--only: " + String.join(", ", unknown) + ": not in the plan " + plan + "; use "
                        + String.join(", ", names));
        return plan.benchmarks().stream()
                .filter(benchmark -> only.isEmpty() || only.contains(benchmark.command()))
                .toList();
    }

    private RunResults run(BenchmarkPlan plan, List<PlannedBenchmark> benchmarks) {
        RunResults results = new RunResults(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Commit.of(services.project()).orElse(RunResults.UNKNOWN_COMMIT),
                Machine.facts(),
                plan.toString(),
                List.of());
        ProgressLine.print(results.machine() + ", commit " + results.commit());
        TimeLeft time = new TimeLeft(
                benchmarks.stream().map(one -> one.run(plan).seconds()).toList());
        for (int i = 0; i < benchmarks.size(); i++) {
            PlannedBenchmark benchmark = benchmarks.get(i);
            ProgressLine.print(System.lineSeparator() + "benchmark " + (i + 1) + " of " + benchmarks.size() + ": "
                    + benchmark.command() + ", about " + time.minutes() + " min left");
            BenchmarkOutcome outcome = run(benchmark.command(), benchmark.run(plan));
            time.completed(benchmark.run(plan).seconds(), outcome.conditions().seconds());
            results = results.with(outcome);
            // After each benchmark, so that an interrupted run leaves what it has measured.
            ResultsFile.write(resultsFile(plan), results);
        }
        return results;
    }

    private BenchmarkOutcome run(String name, PlannedRun planned) {
        double loadBefore = Machine.loadAverage();
        long begin = System.nanoTime();
        try {
            Report report = command(name, planned).report();
            report.lines().forEach(ProgressLine::print);
            return BenchmarkOutcome.of(name, planned.options(), since(begin, loadBefore), report);
        } catch (RuntimeException e) {
            // The others can still be measured.
            String error = Objects.requireNonNullElse(e.getMessage(), e.toString());
            ProgressLine.printError("bench " + name + ": " + error);
            return BenchmarkOutcome.failed(name, planned.options(), since(begin, loadBefore), error);
        }
    }

    private static Conditions since(long begin, double loadBefore) {
        return new Conditions((System.nanoTime() - begin) / 1e9, loadBefore, Machine.loadAverage());
    }

    /** A new instance of a benchmark's command, as the command line would make it. */
    private BenchmarkCommand command(String name, PlannedRun planned) {
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(services.arguments());
        words.addAll(planned.arguments());
        return (BenchmarkCommand) new CommandLine(spec.root().userObject())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(words.toArray(String[]::new))
                .subcommand()
                .commandSpec()
                .userObject();
    }

    private Path resultsFile(BenchmarkPlan plan) {
        String name = plan == BenchmarkPlan.FULL && only.isEmpty()
                ? "benchmarks/results.json"
                : ".ratemesh/bench-" + plan + ".json";
        return file.orElseGet(() -> services.project().resolve(name));
    }

    private static void rewritePage(Path page, RunResults results) {
        try {
            Files.writeString(page, ResultsPage.replace(Files.readString(page), results));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void require(boolean valid, String message) {
        if (!valid) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
