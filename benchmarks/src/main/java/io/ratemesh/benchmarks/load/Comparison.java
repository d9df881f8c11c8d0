package io.ratemesh.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The same load on each of those that are compared.
 *
 * @param what was asked of them
 * @param rounds of each, by name, in the order of the table
 */
public record Comparison(String what, Map<String, List<Round>> rounds) {

    private static final double BYTES_PER_MB = 1e6;

    public Comparison {
        rounds = new LinkedHashMap<>(rounds);
    }

    /** Ours in parts of theirs. A figure is met where it shows as 1.00. */
    public record Ratio(double perSecond, double cpu) {

        private static final double TOLERANCE = 0.005;

        public boolean isAsFast() {
            return perSecond > 1 - TOLERANCE;
        }

        public boolean isAsCheap() {
            return isNoMore(cpu);
        }

        /** Of what should be small. */
        public static boolean isNoMore(double ratio) {
            return ratio < 1 + TOLERANCE;
        }
    }

    /** The table's first two lines. */
    public static List<String> head(String what, int rounds) {
        return List.of(
                "| " + what + " | | requests/s, median of " + rounds
                        + " | CPU per request | RSS | each round, 1,000/s |",
                "|---|---|---|---|---|---|");
    }

    /** Nothing where one of the two is not among them. */
    public Optional<Ratio> ratio(String ours, String theirs) {
        if (!rounds.containsKey(ours) || !rounds.containsKey(theirs)) {
            return Optional.empty();
        }
        Round one = median(ours);
        Round other = median(theirs);
        return Optional.of(new Ratio(one.perSecond() / other.perSecond(), one.cpuMicros() / other.cpuMicros()));
    }

    /** The median round of one. */
    public Round median(String name) {
        return Round.median(rounds.getOrDefault(name, List.of()));
    }

    /** A line of the table for each. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (Map.Entry<String, List<Round>> one : rounds.entrySet()) {
            Round median = Round.median(one.getValue());
            String each = one.getValue().stream()
                    .map(round -> number(round.perSecond() / 1000, 1))
                    .collect(Collectors.joining(" "));
            rows.add("| " + what + " | " + one.getKey() + " | "
                    + String.format(Locale.ROOT, "%,.0f", median.perSecond()) + " | " + number(median.cpuMicros(), 1)
                    + " µs | " + number(median.residentBytes() / BYTES_PER_MB, 0) + " MB | " + each + " |");
        }
        return rows;
    }

    /** The line of a ratio. */
    public String row(Ratio ratio, String between) {
        return "| " + what + " | **" + between + "** | **" + number(ratio.perSecond(), 2) + "** | **"
                + number(ratio.cpu(), 2) + "** | | |";
    }

    /** The line of a ratio, with what came of its goals. */
    public String row(Ratio ratio, String between, boolean met) {
        return row(ratio, between).replaceAll("\\|$", (met ? "met" : "NOT met") + " |");
    }

    /** With as many decimals, in English. */
    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
