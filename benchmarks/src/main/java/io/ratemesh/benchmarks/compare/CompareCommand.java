package io.ratemesh.benchmarks.compare;

import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.results.ResultsFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code bench compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares two results files. Exit code: 0 if nothing got worse, 1 if something did, 2 for wrong usage.",
            "A change counts if it is above 5 %% and each median is outside the range of the other's rounds."
        })
public final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "OLD", description = "The results file of the earlier run.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The results file of the later run.")
    private Path after = Path.of("");

    @Override
    public Integer call() {
        try {
            RunComparison comparison = RunComparison.of(ResultsFile.read(before), ResultsFile.read(after));
            comparison.lines().forEach(ProgressLine::print);
            return comparison.isWorse() ? ExitCode.SOFTWARE : ExitCode.OK;
        } catch (IllegalArgumentException e) {
            ProgressLine.printError("ratemesh bench compare: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }
}
