package io.ratemesh.benchmarks.report;

import io.ratemesh.benchmarks.report.Comparison.Ratio;
import java.util.stream.Stream;

/**
 * What a contender must achieve compared with a reference.
 *
 * @param label of the ratio in the table
 * @param leastRequests required ratio of requests per second, 0 without a goal
 * @param mostCpu allowed ratio of CPU time per request, infinite without a goal
 */
public record RatioGoal(String contender, String reference, String label, double leastRequests, double mostCpu) {

    /** Only shows the ratio. */
    public static RatioGoal none(String contender, String reference) {
        return new RatioGoal(contender, reference, contender + " ÷ " + reference, 0, Double.POSITIVE_INFINITY);
    }

    /** At least a fraction of the reference's requests per second. */
    public static RatioGoal atLeast(double fraction, String contender, String reference) {
        String label = contender + " ÷ " + reference + " (goal: at least " + fraction + ")";
        return new RatioGoal(contender, reference, label, fraction, Double.POSITIVE_INFINITY);
    }

    /** As many requests per second as the reference. */
    public static RatioGoal asFast(String contender, String reference) {
        String label = contender + " ÷ " + reference + " (goal: at least 1)";
        return new RatioGoal(contender, reference, label, 1, Double.POSITIVE_INFINITY);
    }

    /** As many requests per second as the reference, with no more CPU time per request. */
    public static RatioGoal asFastAndCheap(String contender, String reference) {
        return of(contender, reference, 1, 1);
    }

    /** At least a fraction of the reference's requests per second, with at most a fraction of its CPU time per request. */
    public static RatioGoal of(String contender, String reference, double leastRequests, double mostCpu) {
        String label = contender + " ÷ " + reference + " (goals: at least " + Table.plain(leastRequests) + ", at most "
                + Table.plain(mostCpu) + ")";
        return new RatioGoal(contender, reference, label, leastRequests, mostCpu);
    }

    /** The goals with what a comparison has measured; empty if it lacks a contender. */
    Stream<Goal> in(Comparison comparison, String unit) {
        return comparison.ratio(contender, reference).stream()
                .flatMap(ratio -> goals(comparison.load(unit) + ": ", ratio));
    }

    private Stream<Goal> goals(String load, Ratio ratio) {
        return Stream.concat(
                leastRequests == 0
                        ? Stream.empty()
                        : Stream.of(Goal.atLeast(
                                load + "requests, " + contender + " ÷ " + reference, ratio.perSecond(), leastRequests)),
                mostCpu == Double.POSITIVE_INFINITY
                        ? Stream.empty()
                        : Stream.of(Goal.atMost(load + "CPU, " + contender + " ÷ " + reference, ratio.cpu(), mostCpu)));
    }

    /** The text of the goal's result; empty without a goal. */
    String verdict(Ratio ratio) {
        return leastRequests == 0 ? "" : Report.verdict(goals("", ratio).allMatch(Goal::isMet));
    }
}
