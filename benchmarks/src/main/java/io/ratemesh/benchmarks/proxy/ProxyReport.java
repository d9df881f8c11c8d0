package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.RatioGoal;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The result of {@code bench proxy}.
 *
 * @param peaks one comparison for each number of connections
 */
record ProxyReport(ComparisonReport peaks, Latencies latencies) implements Report {

    static final RatioGoal GOAL = RatioGoal.of(RatemeshBalancer.NAME, Haproxy.NAME, 1.25, 0.8);
    static final RatioGoal BARE = RatioGoal.none(RatemeshBalancer.NAME, Haproxy.BARE_NAME);

    private static final double MOST_P99 = 0.5;

    /**
     * Latencies at a fixed rate.
     *
     * @param rounds by contender
     * @param excluded contenders that cannot sustain the rate
     */
    record Latencies(
            int connections, double perSecond, Map<String, List<LatencyPercentiles>> rounds, List<String> excluded) {}

    @Override
    public List<String> descriptions() {
        return peaks.descriptions();
    }

    @Override
    public List<Goal> goals() {
        return Stream.concat(peaks.goals().stream(), p99Goal().stream()).toList();
    }

    @Override
    public List<Figure> figures() {
        String load = latencies.connections() + " connections at a fixed rate";
        return Stream.concat(
                        peaks.figures().stream(),
                        latencies.rounds().entrySet().stream()
                                .flatMap(entry -> Stream.of(
                                        new Figure(
                                                load,
                                                entry.getKey(),
                                                Measure.P50,
                                                values(entry, LatencyPercentiles::median)),
                                        new Figure(
                                                load,
                                                entry.getKey(),
                                                Measure.P99,
                                                values(entry, LatencyPercentiles::p99)))))
                .toList();
    }

    private static List<Double> values(
            Map.Entry<String, List<LatencyPercentiles>> entry, ToDoubleFunction<LatencyPercentiles> value) {
        return entry.getValue().stream().mapToDouble(value).boxed().toList();
    }

    @Override
    public List<String> lines() {
        Table table = new Table(
                latencies.connections() + " connections, " + Table.number(latencies.perSecond()) + " requests/s",
                "p50",
                "p99",
                "maximum");
        latencies.rounds().forEach((name, rounds) -> {
            LatencyPercentiles median = LatencyPercentiles.median(rounds);
            table.row(name, micros(median.median()), micros(median.p99()), micros(median.max()));
        });
        latencies.excluded().forEach(name -> table.row(name, "not measured: it cannot sustain this rate", "", ""));
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
        List<LatencyPercentiles> ratemesh = latencies.rounds().getOrDefault(RatemeshBalancer.NAME, List.of());
        List<LatencyPercentiles> haproxy = latencies.rounds().getOrDefault(Haproxy.NAME, List.of());
        return ratemesh.isEmpty() || haproxy.isEmpty()
                ? Optional.empty()
                : Optional.of(Goal.atMost(
                        latencies.connections() + " connections at a fixed rate: p99, Ratemesh ÷ HAProxy",
                        (double) LatencyPercentiles.median(ratemesh).p99()
                                / Math.max(1, LatencyPercentiles.median(haproxy).p99()),
                        MOST_P99));
    }

    private static String micros(int value) {
        return Table.number(value) + " µs";
    }
}
