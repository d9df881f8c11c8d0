package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The result of {@code bench sse}.
 *
 * @param idle usage before the first reader
 * @param begin usage at the first measured update
 * @param end usage when the last reader had the last update
 * @param peak the largest usage
 * @param delivered events that the converter sent during the measurement
 * @param stalled streams that the converter closed because their readers stopped reading
 */
record SseReport(
        SsePlan plan,
        UpdateTimings timings,
        SseReader.Counts counts,
        ClusterUsage idle,
        ClusterUsage begin,
        ClusterUsage end,
        ClusterUsage peak,
        long delivered,
        int stalled)
        implements Report {

    private static final String CONVERTER = Figure.RATEMESH + " converter";
    private static final String BALANCER = Figure.RATEMESH + " balancer";
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double BYTES_PER_MB = 1e6;
    private static final double BYTES_PER_KB = 1e3;
    private static final double HUNDRED_THOUSAND = 100_000;

    @Override
    public List<Figure> figures() {
        String load = plan.readers() + " readers" + (plan.throughBalancer() ? " through a balancer" : "");
        LatencyPercentiles delay = timings.anyReader();
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.once(load, CONVERTER, Measure.P50, delay.median()),
                Figure.once(load, CONVERTER, Measure.P99, delay.p99())));
        addFigures(figures, load, CONVERTER, begin.converter(), end.converter(), peak.converter());
        if (plan.throughBalancer()) {
            addFigures(figures, load, BALANCER, begin.balancer(), end.balancer(), peak.balancer());
        }
        return figures;
    }

    private void addFigures(
            List<Figure> figures,
            String load,
            String contender,
            ProcessUsage before,
            ProcessUsage after,
            ProcessUsage most) {
        double seconds = cpuSeconds(before, after);
        if (seconds > 0) {
            figures.add(Figure.once(load, contender, Measure.DELIVERIES, delivered / seconds));
        }
        figures.add(Figure.once(load, contender, Measure.MEMORY, most.residentBytes() / BYTES_PER_MB));
    }

    @Override
    public List<Goal> goals() {
        return List.of(Goal.that("each reader gets each version once and in order", isDelivered()));
    }

    /** Whether each reader that read to the end received each version once and in order. */
    private boolean isDelivered() {
        return counts.started.get() == plan.readers()
                && counts.outOfOrder.get() == 0
                && counts.closed.get() == 0
                && timings.isComplete();
    }

    @Override
    public List<String> lines() {
        Table table = new Table("", "");
        table.row("readers", plan.readers() + (plan.throughBalancer() ? " through a balancer" : ", direct"));
        table.row("updates measured, one per second", plan.seconds());
        table.row("each version once and in order", isDelivered() ? "yes, all " + plan.steady() : "NO: " + failures());
        table.row("publish to last reader, p50 / p99 / max", timings.lastReader());
        table.row("publish to any reader, p50 / p99 / max", timings.anyReader());
        addServer(table, "converter", idle.converter(), begin.converter(), end.converter(), peak.converter());
        if (plan.throughBalancer()) {
            addServer(table, "balancer", idle.balancer(), begin.balancer(), end.balancer(), peak.balancer());
        }
        if (plan.slow() > 0) {
            table.row("readers that stopped reading / closed by the converter", plan.slow() + " / " + stalled);
        }
        return table.lines();
    }

    private void addServer(
            Table table,
            String name,
            ProcessUsage withoutReaders,
            ProcessUsage before,
            ProcessUsage after,
            ProcessUsage most) {
        double seconds = cpuSeconds(before, after);
        double perReader = (most.residentBytes() - withoutReaders.residentBytes()) / BYTES_PER_KB / plan.readers();
        table.row(name + ", CPU in all", number(seconds) + " s for " + delivered + " events");
        table.row(name + ", CPU per 100,000 events", number(seconds / delivered * HUNDRED_THOUSAND) + " s");
        table.row(
                name + ", RSS without readers / at most",
                number(withoutReaders.residentBytes() / BYTES_PER_MB) + " / "
                        + number(most.residentBytes() / BYTES_PER_MB) + " MB");
        table.row(name + ", RSS per reader", number(perReader) + " kB");
    }

    private static double cpuSeconds(ProcessUsage before, ProcessUsage after) {
        return after.cpu().minus(before.cpu()).toMillis() / MILLIS_PER_SECOND;
    }

    private String failures() {
        long incomplete = IntStream.range(0, plan.updates())
                .filter(update -> timings.received(update) != plan.steady())
                .count();
        return (plan.readers() - counts.started.get()) + " streams without an event, " + counts.outOfOrder.get()
                + " versions missing, repeated or out of order, " + counts.closed.get() + " streams closed, "
                + incomplete + " updates not received by all readers";
    }

    private static String number(double value) {
        return Table.decimal(value, value < 10 ? 2 : 1);
    }
}
