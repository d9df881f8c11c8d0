package io.ratemesh.benchmarks.idle;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of {@code bench idle}.
 *
 * @param descriptions of the contenders
 * @param idle connections
 * @param active connections
 * @param results one for each contender
 */
record IdleReport(List<String> descriptions, int idle, int active, List<MemoryUse> results) implements Report {

    private static final double MOST_KILOBYTES = 5;

    IdleReport {
        descriptions = List.copyOf(descriptions);
        results = List.copyOf(results);
    }

    @Override
    public List<Figure> figures() {
        return results.stream()
                .flatMap(result -> Stream.of(
                        Figure.once(
                                idle + " idle connections",
                                result.contender(),
                                Measure.MEMORY_PER_CONNECTION,
                                result.kilobytesPerIdle(idle)),
                        Figure.once(
                                active + " active connections in addition",
                                result.contender(),
                                Measure.MEMORY,
                                result.mostMegabytes()),
                        Figure.once(
                                active + " active connections in addition",
                                result.contender(),
                                Measure.REQUESTS,
                                result.perSecond())))
                .toList();
    }

    @Override
    public List<Goal> goals() {
        return results.stream()
                .filter(result -> result.contender().equals(RatemeshBalancer.NAME))
                .flatMap(result -> Stream.of(
                        Goal.atLeast("idle connections kept", (double) result.open(), idle),
                        Goal.atMost("an idle connection, kB", result.kilobytesPerIdle(idle), MOST_KILOBYTES)))
                .toList();
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
        goals().forEach(goal -> lines.add("- " + goal.line()));
        return lines;
    }
}
