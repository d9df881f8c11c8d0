package io.ratemesh.benchmarks.idle;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of {@code bench idle}.
 *
 * @param descriptions of the contenders
 * @param idle connections
 * @param active connections
 * @param results one for each contender
 */
record IdleReport(List<String> descriptions, int idle, int active, List<MemoryUse> results) implements Report {

    IdleReport {
        descriptions = List.copyOf(descriptions);
        results = List.copyOf(results);
    }

    @Override
    public boolean isGoalMet() {
        return results.stream()
                .filter(result -> result.contender().equals(RatemeshBalancer.NAME))
                .allMatch(result -> result.open() == idle);
    }

    @Override
    public List<String> lines() {
        Table table = new Table(
                "RSS",
                "before",
                "with " + Table.number(idle) + " idle",
                "per idle connection",
                "with " + Table.number(active) + " active in addition, at most",
                "per active connection",
                "after all closed",
                "requests/s of the active",
                "idle still open");
        results.forEach(result -> result.addTo(table, idle, active));
        List<String> lines = new ArrayList<>(descriptions);
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        lines.add("all idle connections kept: " + Report.verdict(isGoalMet()));
        return lines;
    }
}
