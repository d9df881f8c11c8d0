package io.ratemesh.benchmarks.report;

import io.ratemesh.benchmarks.report.Comparison.Ratio;

/**
 * What a contender must achieve compared with a reference.
 *
 * @param label of the ratio in the table
 * @param leastRequests required ratio of requests per second, 0 without a goal
 * @param mostCpu allowed ratio of CPU time per request, infinite without a goal
 */
public record RatioGoal(String contender, String reference, String label, double leastRequests, double mostCpu) {

    /** A ratio that is shown as 1.00 counts as 1. */
    public static final double TOLERANCE = 0.005;

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
        return new RatioGoal(contender, reference, label, 1 - TOLERANCE, Double.POSITIVE_INFINITY);
    }

    /** As many requests per second as the reference, with no more CPU time per request. */
    public static RatioGoal asFastAndCheap(String contender, String reference) {
        String label = contender + " ÷ " + reference + " (goals: at least 1, at most 1)";
        return new RatioGoal(contender, reference, label, 1 - TOLERANCE, 1 + TOLERANCE);
    }

    boolean isMet(Ratio ratio) {
        return ratio.perSecond() >= leastRequests && ratio.cpu() <= mostCpu;
    }

    /** The text of the goal's result; empty without a goal. */
    String verdict(Ratio ratio) {
        return leastRequests == 0 ? "" : Report.verdict(isMet(ratio));
    }
}
