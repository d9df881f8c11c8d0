package io.ratemesh.benchmarks.warm;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.Median;
import io.ratemesh.benchmarks.load.Wrk.TimedLoad;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Throughput and latency of the first seconds and of restarts, with the goals for them. */
record WarmReport(List<Round> rounds) implements Report {

    private static final double LEAST_SHARE = 0.5;
    private static final double MOST_FIRST_MILLIS = 40;
    private static final double MOST_RESTART_MILLIS = 50;
    private static final double MICROS_PER_MILLI = 1000;

    /**
     * One cluster.
     *
     * @param first load right after the start
     * @param warm the same later
     * @param restart the latency in each second of a rolling restart, in which no request failed
     */
    record Round(TimedLoad first, TimedLoad warm, List<LatencyPercentiles> restart) {

        double share() {
            return first.perSecond() / warm.perSecond();
        }

        double worstMillis() {
            return restart.stream().mapToInt(LatencyPercentiles::p99).max().orElse(0) / MICROS_PER_MILLI;
        }
    }

    @Override
    public List<String> lines() {
        Table table = new Table(
                "cluster",
                "first 10 s",
                "warm",
                "share",
                "p99 of the first 10 s",
                "p99 warm",
                "restart: p99 of the worst second");
        for (int i = 0; i < rounds.size(); i++) {
            Round round = rounds.get(i);
            table.row(
                    i + 1,
                    Table.number(round.first().perSecond()) + "/s",
                    Table.number(round.warm().perSecond()) + "/s",
                    Table.decimal(round.share(), 2),
                    millis(round.first().p99Millis()),
                    millis(round.warm().p99Millis()),
                    millis(round.worstMillis()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        for (int i = 0; i < rounds.size(); i++) {
            lines.add("Cluster " + (i + 1) + ", p99 of each second from the start of the restart, in ms: "
                    + rounds.get(i).restart().stream()
                            .map(second -> Table.decimal(second.p99() / MICROS_PER_MILLI, 0))
                            .collect(Collectors.joining(" ")));
        }
        lines.add("");
        lines.add("Medians; no request failed during a restart.");
        goals().forEach(goal -> lines.add("- " + goal.line()));
        return lines;
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                figure("first 10 s", Measure.REQUESTS, round -> round.first().perSecond()),
                figure("first 10 s", Measure.P99, round -> round.first().p99Millis() * MICROS_PER_MILLI),
                figure("warm", Measure.REQUESTS, round -> round.warm().perSecond()),
                figure("worst second of a restart", Measure.P99, round -> round.worstMillis() * MICROS_PER_MILLI));
    }

    @Override
    public List<Goal> goals() {
        return List.of(
                Goal.atLeast("share of the warm throughput in the first 10 s", share(), LEAST_SHARE),
                Goal.atMost("p99 in the first 10 s, ms", firstMillis(), MOST_FIRST_MILLIS),
                Goal.atMost("p99 of the worst second of a restart, ms", worstMillis(), MOST_RESTART_MILLIS));
    }

    private Figure figure(String load, Measure measure, ToDoubleFunction<Round> value) {
        return new Figure(
                load,
                Figure.RATEMESH,
                measure,
                rounds.stream().mapToDouble(value).boxed().toList());
    }

    private double share() {
        return median(Round::share);
    }

    private double firstMillis() {
        return median(round -> round.first().p99Millis());
    }

    private double worstMillis() {
        return median(Round::worstMillis);
    }

    private double median(ToDoubleFunction<Round> figure) {
        return Median.of(rounds.stream().map(figure::applyAsDouble).toList());
    }

    private static String millis(double millis) {
        return Table.decimal(millis, 0) + " ms";
    }
}
