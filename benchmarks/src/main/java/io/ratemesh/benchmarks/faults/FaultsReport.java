package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.faults.FailureCounts.Kind;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result of {@code bench faults}.
 *
 * @param descriptions of the contenders
 * @param results one for each fault and contender
 */
record FaultsReport(FaultsPlan plan, List<String> descriptions, List<FaultResult> results) implements Report {

    FaultsReport {
        descriptions = List.copyOf(descriptions);
        results = List.copyOf(results);
    }

    @Override
    public List<Figure> figures() {
        return results.stream().flatMap(FaultResult::figures).toList();
    }

    /** At each fault, no more requests may fail with Ratemesh than with HAProxy. */
    @Override
    public List<Goal> goals() {
        return results.stream()
                .map(FaultResult::fault)
                .distinct()
                .flatMap(fault -> goal(fault).stream())
                .toList();
    }

    @Override
    public List<String> lines() {
        Table table = new Table(
                "an upstream is",
                "",
                "requests",
                "failed",
                "not 2xx",
                "reset",
                "timed out",
                "longest response",
                "last failure after the fault",
                "recovery: first request after",
                "goal");
        results.forEach(result -> addRow(table, result));
        List<String> lines = new ArrayList<>(descriptions);
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%d connections, %,d requests/s, response timeout %d s; fault %d s.",
                plan.connections(),
                plan.perSecond(),
                plan.timeout().toSeconds(),
                plan.faultTime().toSeconds()));
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        results.stream()
                .map(FaultResult::fault)
                .distinct()
                .forEach(fault -> lines.add("- " + fault.label() + ": " + fault.description()));
        return lines;
    }

    private Optional<Goal> goal(Fault fault) {
        OptionalLong ratemesh = failures(fault, true);
        OptionalLong haproxy = failures(fault, false);
        return ratemesh.isEmpty() || haproxy.isEmpty()
                ? Optional.empty()
                : Optional.of(Goal.atMost(
                        fault.label() + ": failed requests, HAProxy's at most", (double) ratemesh.getAsLong(), (double)
                                haproxy.getAsLong()));
    }

    private boolean isMet(Fault fault) {
        return goal(fault).map(Goal::isMet).orElse(true);
    }

    private OptionalLong failures(Fault fault, boolean ofRatemesh) {
        return results.stream()
                .filter(result -> result.fault() == fault && isRatemesh(result) == ofRatemesh)
                .mapToLong(result -> result.counts().failures())
                .findFirst();
    }

    private void addRow(Table table, FaultResult result) {
        FailureCounts counts = result.counts();
        table.row(
                result.fault().label(),
                result.contender(),
                Table.number(counts.requests()),
                Table.number(counts.failures()),
                Table.number(counts.failures(Kind.STATUS)),
                Table.number(counts.failures(Kind.RESET)),
                Table.number(counts.failures(Kind.TIMEOUT)),
                millis(Duration.ofNanos(counts.longestNanos())),
                result.lastFailure().map(FaultsReport::millis).orElse("none"),
                recovery(result.recovery()),
                isRatemesh(result) ? Report.verdict(isMet(result.fault())) : "");
    }

    private String recovery(Optional<Duration> time) {
        return time.map(FaultsReport::millis)
                .orElse("not within " + plan.recoveryTime().toSeconds() + " s");
    }

    private static boolean isRatemesh(FaultResult result) {
        return result.contender().equals(RatemeshBalancer.NAME);
    }

    private static String millis(Duration time) {
        return Table.number(time.toMillis()) + " ms";
    }
}
