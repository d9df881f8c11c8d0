package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came out of a run.
 *
 * @param says what was on in each
 * @param duels of each attack, one with each front door
 */
record SlowReport(SlowPlan plan, List<String> says, List<AttackResult> duels) {

    SlowReport {
        says = List.copyOf(says);
        duels = List.copyOf(duels);
    }

    /** Whether under every attack on ours the others hardly noticed. */
    boolean goalsMet() {
        return duels.stream()
                .filter(duel -> duel.contender().equals(RatemeshBalancer.NAME))
                .allMatch(AttackResult::isWithinTwice);
    }

    /** A table, for people and for RESULTS.md. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(says);
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%,d slow connections of slowhttptest; the others: %,d requests/s over %d connections;"
                        + " medians of %d times %d s quiet and %d s attacked by turns.",
                plan.connections(),
                plan.perSecond(),
                plan.clients(),
                plan.rounds(),
                plan.seconds(),
                plan.seconds()));
        lines.add("");
        lines.add(
                "| attack | | quiet p50 / p99 | attacked p50 / p99 | p99, times the quiet one | p99 of each round, µs "
                        + "| open at most / at the end / closed by the server | goal |");
        lines.add("|---|---|---|---|---|---|---|---|");
        duels.forEach(duel -> lines.add(duel.row()));
        lines.add("");
        plan.attacks().forEach(attack -> lines.add("- " + attack.label() + ": " + attack.says()));
        return lines;
    }
}
