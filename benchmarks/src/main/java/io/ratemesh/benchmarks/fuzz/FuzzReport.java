package io.ratemesh.benchmarks.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came out of a run.
 *
 * @param seed with which it can be had again
 * @param seconds that it took
 * @param alive whether the converter still ran and served
 * @param errorLines of its log
 */
record FuzzReport(long seed, double seconds, Tally tally, MemoryTrend memory, boolean alive, List<String> errorLines) {

    /** From the second tenth on: in the first a JVM compiles. Its heap is touched before. */
    private static final double MOST_GROWTH = 0.05;

    private static final double BYTES_PER_MB = 1e6;
    private static final int LAST = 9;

    /** Whether all was as it should be. */
    boolean clean() {
        return alive && errorLines.isEmpty() && tally.faults() == 0 && flat();
    }

    /** A table, for people and for RESULTS.md, then what was wrong. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| | |");
        lines.add("|---|---|");
        row(lines, "requests (seed " + seed + ")", tally.sent() + " in " + number(seconds) + " s");
        row(
                lines,
                "answers by status",
                tally.answers().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ")));
        row(lines, "streams opened", String.valueOf(tally.streams()));
        row(
                lines,
                "senseless or broken off: closed without an answer / reset",
                tally.unanswered() + " / " + tally.resets());
        row(lines, "faults", String.valueOf(tally.faults()));
        row(lines, "lines of the converter's log at ERROR", String.valueOf(errorLines.size()));
        row(lines, "converter still serves", alive ? "yes" : "NO");
        row(lines, "RSS, median of each tenth, MB", megabytes(memory.residentBytes()) + (flat() ? "" : " GROWS"));
        row(lines, "direct buffers, median of each tenth, MB", megabytes(memory.directBytes()));
        lines.addAll(tally.shownFaults());
        errorLines.stream().limit(LAST).forEach(lines::add);
        return lines;
    }

    private boolean flat() {
        long[] resident = memory.residentBytes();
        return resident[LAST] <= resident[1] * (1 + MOST_GROWTH);
    }

    private static String megabytes(long... bytes) {
        return Arrays.stream(bytes)
                .mapToObj(value -> number(value / BYTES_PER_MB))
                .collect(Collectors.joining(" "));
    }

    private static void row(List<String> lines, String what, String value) {
        lines.add("| " + what + " | " + value + " |");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
