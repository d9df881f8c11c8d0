package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.load.Median;
import io.ratemesh.benchmarks.load.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * One attack on one front door.
 *
 * @param contender the front door's name
 * @param rounds in the order in which they were
 */
record AttackResult(SlowAttack attack, String contender, List<Round> rounds) {

    /** How much longer the 99th of 100 others may wait while the attack is on. */
    private static final double MOST = 2;

    /** A ratio is met where it shows as that much. */
    private static final double TOLERANCE = 0.005;

    /**
     * The others, first without and then with the attack, for as long.
     *
     * @param attacked nothing where one of their requests failed
     */
    record Round(Spread quiet, Optional<Spread> attacked, HeldConnections held) {}

    AttackResult {
        rounds = List.copyOf(rounds);
    }

    /** Medians of the rounds. */
    Spread quiet() {
        return Spread.median(rounds.stream().map(Round::quiet).toList());
    }

    /** Medians of the rounds in which none failed. */
    Spread attacked() {
        return Spread.median(
                rounds.stream().flatMap(round -> round.attacked().stream()).toList());
    }

    /** In how many rounds a request of the others failed. */
    long broken() {
        return rounds.stream().filter(round -> round.attacked().isEmpty()).count();
    }

    /** How many times the quiet p99 the one under attack is: of the medians, since the p99 of one round is often noise. */
    double ratio() {
        return (double) attacked().p99() / Math.max(1, quiet().p99());
    }

    boolean isWithinTwice() {
        return broken() == 0 && ratio() < MOST + TOLERANCE;
    }

    /** A line of the table. */
    String row() {
        String each = rounds.stream()
                .map(round -> round.quiet().p99() + " → "
                        + round.attacked()
                                .map(spread -> String.valueOf(spread.p99()))
                                .orElse("failed"))
                .collect(Collectors.joining("; "));
        HeldConnections held = median();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d / %,d µs | %,d / %,d µs | %.2f | %s | %,d / %,d / %,d | p99 within twice: %s |",
                attack.label(),
                contender,
                quiet().median(),
                quiet().p99(),
                attacked().median(),
                attacked().p99(),
                ratio(),
                each,
                held.most(),
                held.last(),
                held.closed(),
                isWithinTwice() ? "met" : "NOT met");
    }

    private HeldConnections median() {
        return new HeldConnections(
                median(HeldConnections::most), median(HeldConnections::last), median(HeldConnections::closed));
    }

    private int median(ToIntFunction<HeldConnections> figure) {
        return (int) Median.of(
                rounds.stream().map(round -> figure.applyAsInt(round.held())).toList());
    }
}
