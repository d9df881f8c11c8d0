package io.ratemesh.benchmarks.jmh;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;

/** The result of {@code bench jmh}. */
record JmhReport(List<Result> results) implements Report {

    /**
     * What JMH has measured.
     *
     * @param parameter of the benchmark; empty without one
     * @param nanos per call, of each iteration
     */
    record Result(Microbenchmark benchmark, String parameter, List<Double> nanos) {

        Figure figure() {
            return new Figure(load(), benchmark.contender(), Measure.NANOS, nanos);
        }

        String load() {
            return parameter.isEmpty() ? benchmark.load() : benchmark.load() + ": " + parameter;
        }
    }

    JmhReport {
        results = List.copyOf(results);
    }

    @Override
    public List<Figure> figures() {
        return results.stream().map(Result::figure).toList();
    }

    @Override
    public List<Goal> goals() {
        return results.stream()
                .filter(result -> Double.isFinite(result.benchmark().mostNanos()))
                .map(result -> Goal.atMost(
                        result.load() + ", ns",
                        result.figure().median(),
                        result.benchmark().mostNanos()))
                .toList();
    }

    @Override
    public List<String> lines() {
        Table table = new Table("call", "", "ns, median", "least", "most");
        figures()
                .forEach(figure -> table.row(
                        figure.load(),
                        figure.contender(),
                        Table.brief(figure.median()),
                        Table.brief(figure.least()),
                        Table.brief(figure.most())));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        goals().forEach(goal -> lines.add("- " + goal.line()));
        return lines;
    }
}
