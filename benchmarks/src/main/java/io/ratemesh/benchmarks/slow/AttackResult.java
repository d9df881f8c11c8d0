package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.Median;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The p99 at most doubles; NaN if a request of the other clients failed. */
    Goal goal() {
        boolean failed = rounds.stream().anyMatch(round -> round.attacked().isEmpty());
        return Goal.atMost(
                attack.label() + ": p99 of others during the attack ÷ without",
                failed ? Double.NaN : ratio(),
                MAX_RATIO);
    }

    /** Latencies of the other clients during the attack; nothing if their requests failed in each round. */
    Stream<Figure> figures() {
        List<LatencyPercentiles> attacked =
                rounds.stream().flatMap(round -> round.attacked().stream()).toList();
        return attacked.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        figure(attacked, Measure.P50, LatencyPercentiles::median),
                        figure(attacked, Measure.P99, LatencyPercentiles::p99));
    }

    private Figure figure(
            List<LatencyPercentiles> attacked, Measure measure, ToDoubleFunction<LatencyPercentiles> value) {
        return new Figure(
                attack.label(),
                contender,
                measure,
                attacked.stream().mapToDouble(value).boxed().toList());
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
                "p99 at most doubled: " + Report.verdict(goal().isMet()));
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
