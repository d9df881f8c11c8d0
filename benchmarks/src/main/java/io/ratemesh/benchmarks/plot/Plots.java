package io.ratemesh.benchmarks.plot;

import io.ratemesh.benchmarks.results.BenchmarkOutcome;
import io.ratemesh.benchmarks.results.RunResults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The plots of a run: {@code bench-NAME.svg} for each benchmark with figures. */
public final class Plots {

    /** Its loads are sizes, so it has lines. */
    private static final String GROWTH = "growth";

    private Plots() {}

    /** Writes the plots, and creates the folder. */
    public static void write(Path folder, RunResults results) {
        try {
            Files.createDirectories(folder);
            for (BenchmarkOutcome outcome : results.benchmarks()) {
                if (!outcome.figures().isEmpty()) {
                    Files.writeString(folder.resolve("bench-" + outcome.name() + ".svg"), svg(outcome));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String svg(BenchmarkOutcome outcome) {
        String title = "bench " + outcome.name();
        return outcome.name().equals(GROWTH)
                ? LineChart.svg(title, outcome.figures())
                : BarChart.svg(title, outcome.figures());
    }
}
