package io.ratemesh.benchmarks.fuzz;

import io.ratemesh.benchmarks.process.MemoryTrend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came out of a run.
 *
 * @param seed with which it can be had again
 * @param seconds that it took
 * @param resident memory of the converter, whose heap is touched before
 * @param direct buffers of the converter that the JDK counts
 * @param alive whether the converter still ran and served
 * @param errorLines of its log
 */
record FuzzReport(
        long seed,
        double seconds,
        FuzzCounts tally,
        MemoryTrend resident,
        MemoryTrend direct,
        boolean alive,
        List<String> errorLines) {

    private static final int MOST_LINES = 9;

    /** Whether all was as it should be. */
    boolean clean() {
        return alive && errorLines.isEmpty() && tally.faults() == 0 && resident.isFlat(0);
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
        row(lines, "RSS, median of each tenth, MB", resident + (resident.isFlat(0) ? "" : " GROWS"));
        row(lines, "direct buffers, median of each tenth, MB", direct.toString());
        lines.addAll(tally.shownFaults());
        errorLines.stream().limit(MOST_LINES).forEach(lines::add);
        return lines;
    }

    private static void row(List<String> lines, String what, String value) {
        lines.add("| " + what + " | " + value + " |");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
