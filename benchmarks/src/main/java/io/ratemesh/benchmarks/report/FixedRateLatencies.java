package io.ratemesh.benchmarks.report;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Latencies of contenders that were loaded at the same fixed rate.
 *
 * @param perSecond requests per second
 * @param rounds by contender
 * @param excluded contenders that cannot sustain the rate
 */
public record FixedRateLatencies(
        int connections, double perSecond, Map<String, List<LatencyPercentiles>> rounds, List<String> excluded) {

    public FixedRateLatencies {
        rounds = new LinkedHashMap<>(rounds);
        excluded = List.copyOf(excluded);
    }

    /** For example {@code 64 connections at a fixed rate}. */
    public String load() {
        return connections + " connections at a fixed rate";
    }

    public List<Figure> figures() {
        return rounds.entrySet().stream()
                .flatMap(entry -> Stream.of(
                        new Figure(load(), entry.getKey(), Measure.P50, values(entry, LatencyPercentiles::median)),
                        new Figure(load(), entry.getKey(), Measure.P99, values(entry, LatencyPercentiles::p99)),
                        new Figure(load(), entry.getKey(), Measure.P999, values(entry, LatencyPercentiles::p999))))
                .toList();
    }

    /** A row for each contender with p50, p99 and maximum. */
    public Table table() {
        Table table = new Table(
                connections + " connections, " + Table.number(perSecond) + " requests/s", "p50", "p99", "maximum");
        rounds.forEach((name, latencies) -> {
            LatencyPercentiles median = LatencyPercentiles.median(latencies);
            table.row(name, micros(median.median()), micros(median.p99()), micros(median.max()));
        });
        excluded.forEach(name -> table.row(name, "not measured: it cannot sustain this rate", "", ""));
        return table;
    }

    /** The p99 of one contender divided by that of another; empty unless both were measured. */
    public Optional<Double> p99Ratio(String contender, String reference) {
        List<LatencyPercentiles> one = rounds.getOrDefault(contender, List.of());
        List<LatencyPercentiles> other = rounds.getOrDefault(reference, List.of());
        return one.isEmpty() || other.isEmpty()
                ? Optional.empty()
                : Optional.of((double) LatencyPercentiles.median(one).p99()
                        / Math.max(1, LatencyPercentiles.median(other).p99()));
    }

    private static List<Double> values(
            Map.Entry<String, List<LatencyPercentiles>> entry, ToDoubleFunction<LatencyPercentiles> value) {
        return entry.getValue().stream().mapToDouble(value).boxed().toList();
    }

    private static String micros(int value) {
        return Table.number(value) + " µs";
    }
}
