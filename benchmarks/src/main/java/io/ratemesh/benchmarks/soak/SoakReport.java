package io.ratemesh.benchmarks.soak;

import io.ratemesh.benchmarks.process.MemoryTrend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came out of a run.
 *
 * @param says what was on
 * @param requests answered
 * @param bodies how many of them had a body
 * @param gone clients that went away in the middle
 * @param resident memory, all of the heap in it from the start
 * @param heap what a collection left; nothing noted where that could not be seen
 * @param direct buffers that the JDK counts
 * @param errorLines of the front door's log
 */
record SoakReport(
        List<String> says,
        long requests,
        long bodies,
        long gone,
        MemoryTrend resident,
        MemoryTrend heap,
        MemoryTrend direct,
        List<String> errorLines) {

    /** What heap and buffers may grow by besides: 5 % of a few MB is what a handful of connections more or less makes. */
    private static final long SLACK = 1_000_000;

    private static final int MOST_LINES = 9;

    SoakReport {
        says = List.copyOf(says);
        errorLines = List.copyOf(errorLines);
    }

    /** Whether it did not grow and nothing went wrong. */
    boolean clean() {
        return isWhole() && resident.isFlat(0) && heap.isFlat(SLACK) && direct.isFlat(SLACK) && errorLines.isEmpty();
    }

    /** A table, for people and for RESULTS.md, then what was wrong. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(says);
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        row(lines, "requests, of which with a body", number(requests) + ", " + number(bodies));
        row(lines, "clients that went away in the middle", number(gone));
        row(lines, "RSS, median of each tenth, MB", resident + grows(resident, 0));
        row(lines, "heap after a collection, median of each tenth, MB", heap + grows(heap, SLACK));
        row(lines, "direct buffers, median of each tenth, MB", direct + grows(direct, SLACK));
        row(lines, "lines of its log at ERROR", String.valueOf(errorLines.size()));
        row(lines, "at most 5 % more in the last tenth than in the second", verdict());
        errorLines.stream().limit(MOST_LINES).forEach(lines::add);
        return lines;
    }

    private String verdict() {
        if (!isWhole()) {
            return "NOT seen: too few --requests, or too many --seconds, to look at each tenth";
        }
        return clean() ? "met" : "NOT met";
    }

    private boolean isWhole() {
        return resident.isWhole() && direct.isWhole();
    }

    private static String grows(MemoryTrend trend, long slack) {
        return trend.isFlat(slack) ? "" : " GROWS";
    }

    private static void row(List<String> lines, String what, String value) {
        lines.add("| " + what + " | " + value + " |");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
