package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.RatioGoal;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of {@code bench proxy}.
 *
 * @param peaks one comparison for each number of connections
 */
record ProxyReport(ComparisonReport peaks, Latencies latencies) implements Report {

    static final RatioGoal GOAL = RatioGoal.asFastAndCheap(RatemeshBalancer.NAME, Haproxy.NAME);
    static final RatioGoal BARE = RatioGoal.none(RatemeshBalancer.NAME, Haproxy.BARE_NAME);

    /**
     * Latencies at a fixed rate.
     *
     * @param rounds by contender
     * @param excluded contenders that cannot sustain the rate
     */
    record Latencies(
            int connections, double perSecond, Map<String, List<LatencyPercentiles>> rounds, List<String> excluded) {}

    @Override
    public boolean isGoalMet() {
        return peaks.isGoalMet() && p99Ratio().map(ProxyReport::isAtMostOne).orElse(true);
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
        p99Ratio()
                .ifPresent(ratio -> table.row(
                        Table.bold("Ratemesh ÷ HAProxy (goal: p99 at most 1)"),
                        "",
                        Table.bold(Table.decimal(ratio, 2)),
                        Report.verdict(isAtMostOne(ratio))));
        List<String> lines = new ArrayList<>(peaks.lines());
        lines.add("");
        lines.addAll(table.lines());
        return lines;
    }

    private Optional<Double> p99Ratio() {
        List<LatencyPercentiles> ratemesh = latencies.rounds().getOrDefault(RatemeshBalancer.NAME, List.of());
        List<LatencyPercentiles> haproxy = latencies.rounds().getOrDefault(Haproxy.NAME, List.of());
        return ratemesh.isEmpty() || haproxy.isEmpty()
                ? Optional.empty()
                : Optional.of((double) LatencyPercentiles.median(ratemesh).p99()
                        / Math.max(1, LatencyPercentiles.median(haproxy).p99()));
    }

    private static boolean isAtMostOne(double ratio) {
        return ratio < 1 + RatioGoal.TOLERANCE;
    }

    private static String micros(int value) {
        return Table.number(value) + " µs";
    }
}
