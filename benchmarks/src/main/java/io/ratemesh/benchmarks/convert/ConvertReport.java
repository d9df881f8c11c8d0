package io.ratemesh.benchmarks.convert;

import io.ratemesh.benchmarks.load.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came out of a run.
 *
 * @param bodyBytes of every answer
 * @param converter its rounds
 * @param bare those of the server that answers a constant
 */
record ConvertReport(int bodyBytes, List<Round> converter, List<Round> bare) {

    static final int CONNECTIONS = 64;

    private static final double GOAL = 0.7;

    /** Of the bare server's requests a second, how much the converter has. */
    double ratio() {
        return Round.median(converter).perSecond() / Round.median(bare).perSecond();
    }

    boolean goalMet() {
        return ratio() >= GOAL;
    }

    /** A table, for people and for RESULTS.md. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| body of " + bodyBytes + " B, " + CONNECTIONS + " connections | requests/s, median of "
                + converter.size() + " | CPU per request | each round, 1,000/s |");
        lines.add("|---|---|---|---|");
        lines.add(row("converter, `/api/v1/convert`", converter));
        lines.add(row("bare Vert.x, a constant", bare));
        double cpu = Round.median(converter).cpuMicros() / Round.median(bare).cpuMicros();
        lines.add("| ratio (goal: at least " + GOAL + ") | " + number(ratio(), 2) + " | " + number(cpu, 2) + " | "
                + (goalMet() ? "met" : "not met") + " |");
        return lines;
    }

    private static String row(String name, List<Round> rounds) {
        Round median = Round.median(rounds);
        String each = rounds.stream()
                .map(round -> number(round.perSecond() / 1000, 1))
                .collect(Collectors.joining(" "));
        return "| " + name + " | " + String.format(Locale.ROOT, "%,.0f", median.perSecond()) + " | "
                + number(median.cpuMicros(), 1) + " µs | " + each + " |";
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
