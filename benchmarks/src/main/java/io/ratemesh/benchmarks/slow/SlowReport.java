package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of {@code bench slow}.
 *
 * @param header descriptions of the contenders and of the load
 * @param results one for each attack and contender
 */
record SlowReport(List<String> header, List<AttackResult> results) implements Report {

    SlowReport {
        header = List.copyOf(header);
        results = List.copyOf(results);
    }

    @Override
    public List<Figure> figures() {
        return results.stream().flatMap(AttackResult::figures).toList();
    }

    @Override
    public List<Goal> goals() {
        return results.stream()
                .filter(result -> result.contender().equals(RatemeshBalancer.NAME))
                .map(AttackResult::goal)
                .toList();
    }

    @Override
    public List<String> descriptions() {
        return header.stream().filter(line -> line.startsWith("- ")).toList();
    }

    @Override
    public List<String> lines() {
        Table table = new Table(
                "attack",
                "",
                "quiet p50 / p99",
                "attacked p50 / p99",
                "ratio of p99",
                "p99 of each round, µs",
                "open at most / at the end / closed by the server",
                "goal");
        results.forEach(result -> result.addTo(table));
        List<String> lines = new ArrayList<>(header);
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        results.stream()
                .map(AttackResult::attack)
                .distinct()
                .forEach(attack -> lines.add("- " + attack.label() + ": " + attack.description()));
        return lines;
    }
}
