package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.chaos.Violations.Kind;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of {@code chaos}.
 *
 * @param plan the load, and where the cluster ran
 * @param results in the order of the faults
 * @param skipped the faults that could not be injected, and why
 */
record ChaosReport(String plan, List<ChaosResult> results, List<String> skipped) implements Report {

    ChaosReport {
        results = List.copyOf(results);
        skipped = List.copyOf(skipped);
    }

    @Override
    public boolean isGoalMet() {
        return !results.isEmpty() && results.stream().allMatch(ChaosResult::isGood);
    }

    @Override
    public List<String> lines() {
        Table table = new Table(
                "fault",
                "requests",
                "failed",
                "sent again",
                "slowest",
                "streams opened again",
                "wrong",
                "backwards",
                "doubled",
                "lost",
                "resynced",
                "recovery",
                "goal");
        List<String> lines = new ArrayList<>(List.of(plan, ""));
        for (ChaosResult result : results) {
            Violations noticed = result.violations();
            table.row(
                    result.fault().description(),
                    Table.number(result.counts().requests()),
                    Table.number(result.failed()),
                    Table.number(result.counts().repeated()),
                    result.counts().slowestMillis() + " ms",
                    Table.number(result.reconnects()),
                    noticed.count(Kind.WRONG),
                    noticed.count(Kind.BACKWARDS),
                    noticed.count(Kind.DOUBLED),
                    noticed.count(Kind.LOST),
                    noticed.count(Kind.RESYNCED),
                    result.recoveryText(),
                    Report.verdict(result.isGood()));
        }
        lines.addAll(table.lines());
        results.forEach(result -> result.violations()
                .examples()
                .forEach(example -> lines.add("- " + result.fault().label() + ": " + example)));
        skipped.forEach(fault -> lines.add("- skipped: " + fault));
        return lines;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("plan", plan)
                .put("goalMet", isGoalMet())
                .put(
                        "results",
                        new JsonArray(results.stream().map(ChaosResult::toJson).toList()))
                .put("skipped", new JsonArray(skipped));
    }
}
