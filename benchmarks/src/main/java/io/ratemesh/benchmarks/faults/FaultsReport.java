package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came out of a run.
 *
 * @param says what was on in each
 * @param episodes of each fault, one with each front door
 */
record FaultsReport(FaultsPlan plan, List<String> says, List<FaultScenario> episodes) {

    private static final String OURS = RatemeshBalancer.NAME;

    FaultsReport {
        says = List.copyOf(says);
        episodes = List.copyOf(episodes);
    }

    /** Whether of ours no more requests failed than of HAProxy's, at each fault that both were put to. */
    boolean goalsMet() {
        return Arrays.stream(Fault.values()).allMatch(this::met);
    }

    /** A table, for people and for RESULTS.md. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(says);
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%d connections, %,d requests/s, patience %d s; fault %d s.",
                plan.connections(),
                plan.perSecond(),
                plan.patience().toSeconds(),
                plan.faultTime().toSeconds()));
        lines.add("");
        lines.add("| an upstream is | | requests | failed | not 2xx | reset | timed out | longest answer "
                + "| last failure after the fault | asked again after it healed | goal |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|");
        episodes.forEach(episode -> lines.add(row(episode)));
        lines.add("");
        Arrays.stream(Fault.values())
                .filter(fault -> episodes.stream().anyMatch(episode -> episode.fault() == fault))
                .forEach(fault -> lines.add("- " + fault.label() + ": " + fault.says()));
        return lines;
    }

    private boolean met(Fault fault) {
        OptionalLong ours = failures(fault, true);
        OptionalLong theirs = failures(fault, false);
        return ours.isEmpty() || theirs.isEmpty() || ours.getAsLong() <= theirs.getAsLong();
    }

    private OptionalLong failures(Fault fault, boolean ours) {
        return episodes.stream()
                .filter(episode -> episode.fault() == fault)
                .filter(episode -> episode.contender().equals(OURS) == ours)
                .mapToLong(episode -> episode.tally().failures())
                .findFirst();
    }

    private String row(FaultScenario episode) {
        FailureCounts tally = episode.tally();
        String goal = !episode.contender().equals(OURS) ? "" : met(episode.fault()) ? "met" : "NOT met";
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %,d | %,d | %,d | %,d | %,d ms | %s | %s | %s |",
                episode.fault().label(),
                episode.contender(),
                tally.requests(),
                tally.failures(),
                tally.failures(FailureKind.STATUS),
                tally.failures(FailureKind.RESET),
                tally.failures(FailureKind.TIMEOUT),
                Duration.ofNanos(tally.longestNanos()).toMillis(),
                time(episode.lastFailure(), "none"),
                time(episode.askedAgain(), "not within " + plan.recoveryTime().toSeconds() + " s"),
                goal);
    }

    private static String time(Optional<Duration> time, String otherwise) {
        return time.map(value -> String.format(Locale.ROOT, "%,d ms", value.toMillis()))
                .orElse(otherwise);
    }
}
