package io.ratemesh.benchmarks.report;

import io.ratemesh.benchmarks.load.Round;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The same load on several contenders.
 *
 * @param label in the table
 * @param rounds by contender, in the order of the table
 */
public record Comparison(String label, Map<String, List<Round>> rounds) {

    public Comparison {
        rounds = new LinkedHashMap<>(rounds);
    }

    /** The figures of one contender divided by those of another. */
    public record Ratio(double perSecond, double cpu) {}

    /** Compares two contenders; empty if one of them was not loaded. */
    public Optional<Ratio> ratio(String contender, String reference) {
        if (!rounds.containsKey(contender) || !rounds.containsKey(reference)) {
            return Optional.empty();
        }
        Round one = median(contender);
        Round other = median(reference);
        return Optional.of(new Ratio(one.perSecond() / other.perSecond(), one.cpuMicros() / other.cpuMicros()));
    }

    /**
     * What was measured of each contender.
     *
     * @param unit after the label, such as {@code connections}
     */
    public Stream<Figure> figures(String unit) {
        String load = load(unit);
        return rounds.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .flatMap(entry -> Stream.of(
                        figure(load, entry, Measure.REQUESTS, Round::perSecond),
                        figure(load, entry, Measure.CPU, Round::cpuMicros),
                        figure(load, entry, Measure.MEMORY, Round::residentMegabytes)));
    }

    /** The label with its unit. */
    String load(String unit) {
        return unit.isEmpty() ? label : label + " " + unit;
    }

    private static Figure figure(
            String load, Map.Entry<String, List<Round>> entry, Measure measure, Function<Round, Double> value) {
        return new Figure(
                load,
                entry.getKey(),
                measure,
                entry.getValue().stream().map(value).toList());
    }

    /** The median round of a contender. */
    public Round median(String contender) {
        return Round.median(rounds.getOrDefault(contender, List.of()));
    }
}
