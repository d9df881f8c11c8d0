package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.Median;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** An attack on one contender. */
record AttackResult(SlowAttack attack, String contender, List<Round> rounds) {

    /** How much the other clients' p99 may grow during the attack. */
    private static final double MAX_RATIO = 2;

    /**
     * Latencies of the other clients without and during the attack.
     *
     * @param attacked empty if one of their requests failed
     */
    record Round(LatencyPercentiles quiet, Optional<LatencyPercentiles> attacked, HeldConnections held) {}

    AttackResult {
        rounds = List.copyOf(rounds);
    }

    private LatencyPercentiles quiet() {
        return LatencyPercentiles.median(rounds.stream().map(Round::quiet).toList());
    }

    private LatencyPercentiles attacked() {
        return LatencyPercentiles.median(
                rounds.stream().flatMap(round -> round.attacked().stream()).toList());
    }

    /** The ratio of the median p99 during and without the attack; the p99 of a single round varies too much. */
    private double ratio() {
        return (double) attacked().p99() / Math.max(1, quiet().p99());
    }

    /** Whether no request of the other clients failed and their p99 at most doubled. */
    boolean isGoalMet() {
        return rounds.stream().allMatch(round -> round.attacked().isPresent()) && ratio() < MAX_RATIO + Goal.TOLERANCE;
    }

    void addTo(Table table) {
        table.row(
                attack.label(),
                contender,
                Table.number(quiet().median()) + " / " + Table.number(quiet().p99()) + " µs",
                Table.number(attacked().median()) + " / "
                        + Table.number(attacked().p99()) + " µs",
                Table.decimal(ratio(), 2),
                rounds.stream().map(AttackResult::p99).collect(Collectors.joining("; ")),
                median(HeldConnections::most) + " / " + median(HeldConnections::last) + " / "
                        + median(HeldConnections::closed),
                "p99 at most doubled: " + Report.verdict(isGoalMet()));
    }

    private static String p99(Round round) {
        return round.quiet().p99() + " → "
                + round.attacked()
                        .map(latencies -> String.valueOf(latencies.p99()))
                        .orElse("failed");
    }

    private String median(ToIntFunction<HeldConnections> figure) {
        return Table.number((int) Median.of(
                rounds.stream().map(round -> figure.applyAsInt(round.held())).toList()));
    }
}
