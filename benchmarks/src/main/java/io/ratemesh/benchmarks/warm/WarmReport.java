package io.ratemesh.benchmarks.warm;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.Median;
import io.ratemesh.benchmarks.load.Wrk.TimedLoad;
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
        lines.add("- share of the warm throughput in the first 10 s: " + Table.decimal(share(), 2) + ", goal at least "
                + LEAST_SHARE + ": " + Report.verdict(share() >= LEAST_SHARE));
        lines.add("- p99 in the first 10 s: " + millis(firstMillis()) + ", goal at most " + millis(MOST_FIRST_MILLIS)
                + ": " + Report.verdict(firstMillis() <= MOST_FIRST_MILLIS));
        lines.add("- p99 of the worst second of a restart: " + millis(worstMillis()) + ", goal at most "
                + millis(MOST_RESTART_MILLIS) + ": " + Report.verdict(worstMillis() <= MOST_RESTART_MILLIS));
        return lines;
    }

    @Override
    public boolean isGoalMet() {
        return share() >= LEAST_SHARE && firstMillis() <= MOST_FIRST_MILLIS && worstMillis() <= MOST_RESTART_MILLIS;
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
