package io.ratemesh.benchmarks.tcp;

import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.Comparison.Ratio;
import io.ratemesh.benchmarks.peer.Haproxy;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.Stubs;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out of a run.
 *
 * @param says what was on in each
 * @param connections of every load
 * @param rounds of each
 */
record TcpReport(List<String> says, int connections, int rounds, List<Measured> cases) {

    private static final String BETWEEN = "ours ÷ HAProxy's (goals: at least 1, at most 1)";
    private static final double BYTES_PER_MB = 1e6;

    /** One case and what came of it. */
    record Measured(TcpCase what, Comparison comparison) {}

    TcpReport {
        says = List.copyOf(says);
        cases = List.copyOf(cases);
    }

    /** Whether ours is as fast and as cheap in every case. */
    boolean goalsMet() {
        return cases.stream()
                .flatMap(one -> one.comparison().ratio(RatemeshBalancer.NAME, Haproxy.NAME).stream())
                .allMatch(TcpReport::met);
    }

    /** A table, for people and for RESULTS.md. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(says);
        lines.add("");
        lines.addAll(Comparison.head(connections + " connections", rounds));
        for (Measured one : cases) {
            Comparison comparison = one.comparison();
            lines.addAll(comparison.rows());
            comparison
                    .ratio(RatemeshBalancer.NAME, Haproxy.NAME)
                    .ifPresent(ratio -> lines.add(comparison.row(ratio, BETWEEN, met(ratio))));
        }
        cases.stream().filter(one -> one.what() == TcpCase.LARGE).forEach(one -> {
            lines.add("");
            one.comparison()
                    .rounds()
                    .keySet()
                    .forEach(name -> lines.add("- " + name + ", " + one.what().label() + ": "
                            + throughput(one.comparison(), name) + " MB/s"));
        });
        return lines;
    }

    private static String throughput(Comparison comparison, String name) {
        return Comparison.number(comparison.median(name).perSecond() * Stubs.LARGE_BYTES / BYTES_PER_MB, 0);
    }

    private static boolean met(Ratio ratio) {
        return ratio.isAsFast() && ratio.isAsCheap();
    }
}
