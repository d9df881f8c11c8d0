package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.contender.Nginx;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.Median;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The result of {@code bench sse} with several contenders or numbers of readers.
 *
 * @param descriptions of the contenders
 * @param rounds by number of readers and contender, in the order of the table
 * @param residentWithoutReaders bytes by contender, before its first reader
 */
record StreamReport(
        List<String> descriptions,
        Map<Integer, Map<String, List<StreamRound>>> rounds,
        Map<String, Long> residentWithoutReaders)
        implements Report {

    /** The number of readers for which latency has a goal. */
    private static final int LATENCY_READERS = 5000;

    private static final String RATIO = RatemeshBalancer.NAME + " ÷ " + Nginx.NCHAN_NAME;

    @Override
    public List<Goal> goals() {
        return rounds.entrySet().stream()
                .filter(entry ->
                        entry.getValue().keySet().containsAll(List.of(RatemeshBalancer.NAME, Nginx.NCHAN_NAME)))
                .flatMap(entry -> goals(entry.getKey()))
                .toList();
    }

    private Stream<Goal> goals(int readers) {
        String load = load(readers);
        Goal deliveries = Goal.atLeast(
                load + ": deliveries per CPU-second, " + RATIO, ratio(readers, StreamRound::deliveriesPerCpuSecond), 1);
        return readers == LATENCY_READERS
                ? Stream.of(
                        deliveries,
                        Goal.atMost(
                                load + ": p99 to the last reader, " + RATIO,
                                ratio(readers, round -> round.lastReader().p99()),
                                1))
                : Stream.of(deliveries);
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        rounds.forEach((readers, byName) -> byName.forEach((name, measured) -> {
            String load = load(readers);
            figures.add(figure(load, name, Measure.DELIVERIES, StreamRound::deliveriesPerCpuSecond, measured));
            figures.add(
                    figure(load, name, Measure.P50, round -> round.lastReader().median(), measured));
            figures.add(
                    figure(load, name, Measure.P99, round -> round.lastReader().p99(), measured));
            figures.add(figure(load, name, Measure.MEMORY_PER_CONNECTION, round -> kilobytes(name, round), measured));
        }));
        return figures;
    }

    private static Figure figure(
            String load,
            String name,
            Measure measure,
            ToDoubleFunction<StreamRound> value,
            List<StreamRound> measured) {
        return new Figure(
                load,
                name,
                measure,
                measured.stream().mapToDouble(value).boxed().toList());
    }

    @Override
    public List<String> lines() {
        Table table = new Table(
                "readers",
                "",
                "deliveries per CPU-second",
                "publish to last reader, p50 / p99 / max",
                "RSS without readers",
                "RSS per reader");
        rounds.forEach((readers, byName) -> byName.forEach((name, measured) -> table.row(
                Table.number(readers),
                name,
                Table.number(median(measured, StreamRound::deliveriesPerCpuSecond)),
                LatencyPercentiles.median(
                        measured.stream().map(StreamRound::lastReader).toList()),
                Table.megabytes(residentWithoutReaders.getOrDefault(name, 0L)),
                Table.decimal(median(measured, round -> kilobytes(name, round)), 1) + " kB")));
        List<String> lines = new ArrayList<>(descriptions);
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        goals().forEach(goal -> lines.add("- " + goal.line()));
        return lines;
    }

    private double kilobytes(String name, StreamRound round) {
        return round.kilobytesPerReader(residentWithoutReaders.getOrDefault(name, 0L));
    }

    private double ratio(int readers, ToDoubleFunction<StreamRound> value) {
        Map<String, List<StreamRound>> byName = rounds.getOrDefault(readers, Map.of());
        return median(byName.getOrDefault(RatemeshBalancer.NAME, List.of()), value)
                / median(byName.getOrDefault(Nginx.NCHAN_NAME, List.of()), value);
    }

    private static double median(List<StreamRound> measured, ToDoubleFunction<StreamRound> value) {
        return Median.of(measured.stream().mapToDouble(value).boxed().toList());
    }

    private static String load(int readers) {
        return readers + " readers";
    }
}
