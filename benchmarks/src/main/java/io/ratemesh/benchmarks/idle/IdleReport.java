package io.ratemesh.benchmarks.idle;

import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came out of a run.
 *
 * @param says what was on in each
 * @param weights one of each front door
 */
record IdleReport(IdlePlan plan, List<String> says, List<MemoryUse> weights) {

    IdleReport {
        says = List.copyOf(says);
        weights = List.copyOf(weights);
    }

    /** Whether ours kept every idle connection. */
    boolean allStayed() {
        return weights.stream()
                .filter(weight -> weight.contender().equals(RatemeshBalancer.NAME))
                .allMatch(weight -> weight.open() == plan.idle());
    }

    /** A table, for people and for RESULTS.md. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(says);
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "| RSS | before | with %,d idle | each idle one | with %,d active besides, at most | each active one "
                        + "| when all had gone | requests/s of the active ones | idle ones that stayed |",
                plan.idle(),
                plan.active()));
        lines.add("|---|---|---|---|---|---|---|---|---|");
        weights.forEach(weight -> lines.add(weight.row(plan)));
        lines.add("");
        lines.add("every idle connection stayed: " + (allStayed() ? "met" : "NOT met"));
        return lines;
    }
}
