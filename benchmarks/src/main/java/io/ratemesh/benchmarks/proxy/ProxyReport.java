package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.FixedRateLatencies;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.RatioGoal;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of {@code bench proxy}.
 *
 * @param peaks one comparison for each number of connections
 */
record ProxyReport(ComparisonReport peaks, FixedRateLatencies latencies) implements Report {

    static final RatioGoal GOAL = RatioGoal.of(RatemeshBalancer.NAME, Haproxy.NAME, 1.25, 0.8);
    static final RatioGoal BARE = RatioGoal.none(RatemeshBalancer.NAME, Haproxy.BARE_NAME);

    private static final double MOST_P99 = 0.5;
    private static final double MOST_MEGABYTES = 150;

    /** The number of connections of the comparison that decides about memory. */
    private static final String LARGEST = "1024";

    @Override
    public List<String> descriptions() {
        return peaks.descriptions();
    }

    @Override
    public List<Goal> goals() {
        return Stream.of(peaks.goals().stream(), memoryGoal(), p99Goal().stream())
                .flatMap(goals -> goals)
                .toList();
    }

    private Stream<Goal> memoryGoal() {
        return peaks.comparisons().stream()
                .filter(peak -> peak.label().equals(LARGEST) && peak.rounds().containsKey(RatemeshBalancer.NAME))
                .map(peak -> Goal.atMost(
                        LARGEST + " connections: memory of Ratemesh, MB",
                        peak.median(RatemeshBalancer.NAME).residentMegabytes(),
                        MOST_MEGABYTES));
    }

    @Override
    public List<Figure> figures() {
        return Stream.concat(peaks.figures().stream(), latencies.figures().stream())
                .toList();
    }

    @Override
    public List<String> lines() {
        Table table = latencies.table();
        p99Goal()
                .ifPresent(goal -> table.row(
                        Table.bold("Ratemesh ÷ HAProxy (goal: p99 " + goal.bounds() + ")"),
                        "",
                        Table.bold(Table.decimal(goal.value(), 2)),
                        Report.verdict(goal.isMet())));
        List<String> lines = new ArrayList<>(peaks.lines());
        lines.add("");
        lines.addAll(table.lines());
        return lines;
    }

    private Optional<Goal> p99Goal() {
        return latencies
                .p99Ratio(RatemeshBalancer.NAME, Haproxy.NAME)
                .map(ratio -> Goal.atMost(latencies.load() + ": p99, Ratemesh ÷ HAProxy", ratio, MOST_P99));
    }
}
