package io.ratemesh.benchmarks.fuzz;

import io.ratemesh.benchmarks.process.MemoryTrend;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of {@code bench fuzz}.
 *
 * @param seed that repeats the run
 * @param resident memory of the converter, which contains the whole heap from the start
 * @param direct buffers of the converter that the JDK counts
 * @param serving whether the converter still serves
 * @param errorLines of the converter's log
 */
record FuzzReport(
        long seed,
        double seconds,
        FuzzCounts counts,
        MemoryTrend resident,
        MemoryTrend direct,
        boolean serving,
        List<String> errorLines)
        implements Report {

    private static final String CONTENDER = "Ratemesh converter";
    private static final int MAX_ERROR_LINES = 9;

    @Override
    public List<Figure> figures() {
        String load = "malformed requests";
        return List.of(
                Figure.once(load, CONTENDER, Measure.REQUESTS, counts.requests() / seconds),
                Figure.once(load, CONTENDER, Measure.MEMORY, resident.lastMegabytes()),
                Figure.once(load, CONTENDER, Measure.FAILURES, counts.faults()));
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                Goal.that("the converter still serves", serving),
                Goal.atMost("lines at ERROR in the log", errorLines.size(), 0),
                Goal.atMost("faults", counts.faults(), 0),
                Goal.that("RSS grows by at most 5 %", resident.isFlat(0)));
    }

    @Override
    public List<String> lines() {
        Table table = new Table("", "");
        table.row("requests (seed " + seed + ")", counts.requests() + " in " + Table.decimal(seconds, 1) + " s");
        table.row(
                "responses by status",
                counts.responses().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ")));
        table.row("streams opened", counts.streams());
        table.row(
                "malformed or aborted: closed without a response / reset",
                counts.withoutResponse() + " / " + counts.resets());
        table.row("faults", counts.faults());
        table.row("lines at ERROR in the converter's log", errorLines.size());
        table.row("converter still serves", serving ? "yes" : "NO");
        table.row("RSS, median of each tenth, MB", resident.text(0));
        table.row("direct buffers, median of each tenth, MB", direct);
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(counts.faultDescriptions());
        errorLines.stream().limit(MAX_ERROR_LINES).forEach(lines::add);
        return lines;
    }
}
