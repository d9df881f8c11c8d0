package io.ratemesh.benchmarks.soak;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.process.MemoryTrend;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of {@code bench soak}.
 *
 * @param descriptions of the balancer
 * @param requests completed
 * @param withBody how many of them had a body
 * @param aborted clients
 * @param resident memory, which contains the whole heap from the start
 * @param heap after a collection; empty if it could not be measured
 * @param direct buffers that the JDK counts
 * @param errorLines of the balancer's log
 */
record SoakReport(
        List<String> descriptions,
        long requests,
        long withBody,
        long aborted,
        MemoryTrend resident,
        MemoryTrend heap,
        MemoryTrend direct,
        List<String> errorLines)
        implements Report {

    /** Heap and buffers are a few MB, so that a few connections more or less are 5 %. */
    private static final long SLACK_BYTES = 1_000_000;

    private static final int MAX_ERROR_LINES = 9;

    SoakReport {
        descriptions = List.copyOf(descriptions);
        errorLines = List.copyOf(errorLines);
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.once(
                "the last tenth of the requests", RatemeshBalancer.NAME, Measure.MEMORY, resident.lastMegabytes()));
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                Goal.that("each tenth is measured", isComplete()),
                Goal.that("RSS grows by at most 5 %", resident.isFlat(0)),
                Goal.that("heap grows by at most 5 % and 1 MB", heap.isFlat(SLACK_BYTES)),
                Goal.that("direct buffers grow by at most 5 % and 1 MB", direct.isFlat(SLACK_BYTES)),
                Goal.atMost("lines at ERROR in the log", errorLines.size(), 0));
    }

    @Override
    public List<String> lines() {
        Table table = new Table("", "");
        table.row("requests, of which with a body", Table.number(requests) + ", " + Table.number(withBody));
        table.row("clients that aborted", Table.number(aborted));
        table.row("RSS, median of each tenth, MB", resident.text(0));
        table.row("heap after a collection, median of each tenth, MB", heap.text(SLACK_BYTES));
        table.row("direct buffers, median of each tenth, MB", direct.text(SLACK_BYTES));
        table.row("lines at ERROR in the log", errorLines.size());
        table.row(
                "at most 5 % more in the last tenth than in the second",
                isComplete()
                        ? Report.verdict(isGoalMet())
                        : "NOT measured: a tenth has no sample; use more --requests or fewer --seconds");
        List<String> lines = new ArrayList<>(descriptions);
        lines.add("");
        lines.addAll(table.lines());
        errorLines.stream().limit(MAX_ERROR_LINES).forEach(lines::add);
        return lines;
    }

    private boolean isComplete() {
        return resident.isComplete() && direct.isComplete();
    }
}
