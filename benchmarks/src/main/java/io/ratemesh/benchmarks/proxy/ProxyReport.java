package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.Comparison.Ratio;
import io.ratemesh.benchmarks.load.Spread;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What came out of a run.
 *
 * @param says what was on in each
 * @param peaks one for each number of connections
 */
record ProxyReport(ProxyPlan plan, List<String> says, List<Comparison> peaks, Latencies latencies) {

    private static final String OURS = RatemeshBalancer.NAME;
    private static final String THEIRS = "HAProxy";
    private static final String BARE = "HAProxy, bare";
    private static final String BETWEEN_BARE = "ours ÷ those of HAProxy, bare";
    private static final String BETWEEN = "ours ÷ HAProxy's (goals: at least 1, at most 1)";

    /** Whom the goals are about. */
    static final Set<String> COMPARED = new LinkedHashSet<>(List.of(OURS, THEIRS));

    /**
     * How long answers took at a fixed rate.
     *
     * @param rounds of each that can hold the rate
     * @param left names of those that cannot
     */
    record Latencies(int connections, double perSecond, Map<String, List<Spread>> rounds, List<String> left) {}

    ProxyReport {
        says = List.copyOf(says);
        peaks = List.copyOf(peaks);
    }

    /** Whether every goal is met of those that could be measured. */
    boolean goalsMet() {
        return peaks.stream().flatMap(peak -> peak.ratio(OURS, THEIRS).stream()).allMatch(ProxyReport::met)
                && p99Ratio().map(Ratio::isNoMore).orElse(true);
    }

    /** Tables, for people and for RESULTS.md. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(says);
        lines.add("");
        lines.addAll(Comparison.head("connections", plan.rounds()));
        for (Comparison peak : peaks) {
            lines.addAll(peak.rows());
            peak.ratio(OURS, THEIRS).ifPresent(ratio -> lines.add(peak.row(ratio, BETWEEN, met(ratio))));
            peak.ratio(OURS, BARE).ifPresent(ratio -> lines.add(peak.row(ratio, BETWEEN_BARE)));
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "| %d connections, %,.0f requests/s | p50 | p99 | longest |",
                latencies.connections(),
                latencies.perSecond()));
        lines.add("|---|---|---|---|");
        latencies.rounds().forEach((name, rounds) -> lines.add(row(name, Spread.median(rounds))));
        latencies.left().forEach(name -> lines.add("| " + name + " | not measured: it cannot hold this rate | | |"));
        p99Ratio()
                .ifPresent(ratio -> lines.add("| **ours ÷ HAProxy's (goal: p99 at most 1)** | | **"
                        + Comparison.number(ratio, 2) + "** | " + (Ratio.isNoMore(ratio) ? "met" : "NOT met") + " |"));
        return lines;
    }

    private Optional<Double> p99Ratio() {
        List<Spread> ours = latencies.rounds().getOrDefault(OURS, List.of());
        List<Spread> theirs = latencies.rounds().getOrDefault(THEIRS, List.of());
        return ours.isEmpty() || theirs.isEmpty()
                ? Optional.empty()
                : Optional.of((double) Spread.median(ours).p99()
                        / Math.max(1, Spread.median(theirs).p99()));
    }

    private static boolean met(Ratio ratio) {
        return ratio.isAsFast() && ratio.isAsCheap();
    }

    private static String row(String name, Spread spread) {
        return String.format(
                Locale.ROOT, "| %s | %,d µs | %,d µs | %,d µs |", name, spread.median(), spread.p99(), spread.max());
    }
}
