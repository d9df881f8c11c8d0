package io.ratemesh.benchmarks.growth;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Table;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of one sweep.
 *
 * @param points at least one, in ascending order of size, all with the same measures
 */
record SweepResult(Sweep sweep, List<GrowthPoint> points) {

    SweepResult {
        points = List.copyOf(points);
    }

    List<Figure> figures() {
        return points.stream()
                .flatMap(point -> point.values().entrySet().stream()
                        .map(value -> Figure.once(
                                point.size() + " " + sweep.unit(),
                                RatemeshBalancer.NAME,
                                value.getKey(),
                                value.getValue())))
                .toList();
    }

    GrowthFit fit() {
        return GrowthFit.of(
                points.stream().map(GrowthPoint::size).toList(),
                points.stream().map(point -> point.value(sweep.cost())).toList());
    }

    List<String> lines() {
        List<Measure> measures = List.copyOf(points.get(0).values().keySet());
        Table table = new Table(
                Stream.concat(Stream.of(sweep.unit()), measures.stream().map(Measure::unit))
                        .toArray(String[]::new));
        points.forEach(point -> table.row(Stream.concat(
                        Stream.of(Table.number((long) point.size())),
                        measures.stream().map(measure -> number(point.value(measure))))
                .toArray()));
        return Stream.concat(table.lines().stream(), Stream.of("", sweep.cost().unit() + ": " + fit(), ""))
                .toList();
    }

    private static String number(double value) {
        return value < 100 ? Table.decimal(value, 1) : Table.number(value);
    }
}
