package io.ratemesh.benchmarks.assets;

import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.Comparison.Ratio;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out of a run.
 *
 * @param says what was on in each
 * @param connections of every load
 * @param rounds of each
 * @param cases one for each thing that was asked of both
 */
record StaticReport(List<String> says, int connections, int rounds, List<Comparison> cases) {

    private static final String THEIRS = "nginx";
    private static final String BETWEEN = "ours ÷ nginx's (goal: at least 1)";

    StaticReport {
        says = List.copyOf(says);
        cases = List.copyOf(cases);
    }

    /** Whether ours is as fast in every case. */
    boolean goalsMet() {
        return cases.stream()
                .flatMap(one -> one.ratio(RatemeshBalancer.NAME, THEIRS).stream())
                .allMatch(Ratio::isAsFast);
    }

    /** A table, for people and for RESULTS.md. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(says);
        lines.add("");
        lines.addAll(Comparison.head(connections + " connections", rounds));
        for (Comparison one : cases) {
            lines.addAll(one.rows());
            one.ratio(RatemeshBalancer.NAME, THEIRS)
                    .ifPresent(ratio -> lines.add(one.row(ratio, BETWEEN, ratio.isAsFast())));
        }
        return lines;
    }
}
