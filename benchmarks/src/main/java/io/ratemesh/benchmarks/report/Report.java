package io.ratemesh.benchmarks.report;

import java.util.List;

/** The result of a benchmark. */
public interface Report {

    /** Markdown lines for the terminal and for RESULTS.md. */
    List<String> lines();

    /** The contenders with their versions and features, as a Markdown list; empty if the report does not know them. */
    default List<String> descriptions() {
        return List.of();
    }

    /** All measured figures, for the results file, its plots, and comparison with other runs. */
    default List<Figure> figures() {
        return List.of();
    }

    /** The goals with what was measured. */
    default List<Goal> goals() {
        return List.of();
    }

    /** Whether the benchmark's goals are met. */
    default boolean isGoalMet() {
        return goals().stream().allMatch(Goal::isMet);
    }

    /** The text of a goal's result. */
    static String verdict(boolean met) {
        return met ? "met" : "NOT met";
    }
}
