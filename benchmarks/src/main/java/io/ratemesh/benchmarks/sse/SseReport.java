package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.process.ProcessUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What came out of a run.
 *
 * @param alone before the first reader
 * @param begun when measuring began
 * @param ended when the last reader had the last update
 * @param most the most at any time
 * @param delivered events that the converter sent while it was measured
 * @param stuck streams that the converter closed because their reader took nothing
 */
record SseReport(
        SsePlan plan,
        Updates updates,
        SseReader.Tally tally,
        Footprint alone,
        Footprint begun,
        Footprint ended,
        Footprint most,
        long delivered,
        int stuck) {

    private static final double MILLIS_PER_SECOND = 1000;
    private static final double BYTES_PER_MB = 1e6;
    private static final double BYTES_PER_KB = 1e3;
    private static final double HUNDRED_THOUSAND = 100_000;

    /** Whether every reader that read to the end had every version once and in order. */
    boolean complete() {
        return tally.greeted.get() == plan.readers()
                && tally.outOfStep.get() == 0
                && tally.lost.get() == 0
                && updates.complete();
    }

    /** A table, for people and for RESULTS.md. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| | |");
        lines.add("|---|---|");
        row(lines, "readers", plan.readers() + (plan.throughBalancer() ? " through a balancer" : ", direct"));
        row(lines, "updates measured, one a second", String.valueOf(plan.seconds()));
        row(lines, "every version once and in order", complete() ? "yes, all " + plan.steady() : "NO: " + faults());
        row(
                lines,
                "publish to last reader, p50 / p99 / max",
                updates.lastReader().toString());
        row(lines, "publish to any reader, p50 / p99 / max", updates.anyReader().toString());
        server(lines, "converter", alone.converter(), begun.converter(), ended.converter(), most.converter());
        if (plan.throughBalancer()) {
            server(lines, "balancer", alone.balancer(), begun.balancer(), ended.balancer(), most.balancer());
        }
        if (plan.slow() > 0) {
            row(lines, "stopped to read / closed for it by the converter", plan.slow() + " / " + stuck);
        }
        return lines;
    }

    private void server(
            List<String> lines,
            String name,
            ProcessUsage without,
            ProcessUsage before,
            ProcessUsage after,
            ProcessUsage peak) {
        double seconds = after.cpu().minus(before.cpu()).toMillis() / MILLIS_PER_SECOND;
        double perReader = (peak.residentBytes() - without.residentBytes()) / BYTES_PER_KB / plan.readers();
        row(lines, name + ", CPU in all", number(seconds) + " s for " + delivered + " events");
        row(lines, name + ", CPU per 100,000 events", number(seconds / delivered * HUNDRED_THOUSAND) + " s");
        row(
                lines,
                name + ", RSS without readers / at most",
                number(without.residentBytes() / BYTES_PER_MB) + " / " + number(peak.residentBytes() / BYTES_PER_MB)
                        + " MB");
        row(lines, name + ", RSS per reader", number(perReader) + " kB");
    }

    private String faults() {
        long behind = IntStream.range(0, plan.updates())
                .filter(update -> updates.heard(update) != plan.steady())
                .count();
        return (plan.readers() - tally.greeted.get()) + " got nothing, " + tally.outOfStep.get()
                + " versions left out, doubled or out of order, " + tally.lost.get() + " streams ended, " + behind
                + " updates not with every reader";
    }

    private static void row(List<String> lines, String what, String value) {
        lines.add("| " + what + " | " + value + " |");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
