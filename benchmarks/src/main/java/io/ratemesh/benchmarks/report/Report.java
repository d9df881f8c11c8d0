package io.ratemesh.benchmarks.report;

import java.util.List;

/** The result of a benchmark. */
public interface Report {

    /** Markdown lines for the terminal and for RESULTS.md. */
    List<String> lines();

    /** Whether the benchmark's goals are met. */
    boolean isGoalMet();

    /** The text of a goal's result. */
    static String verdict(boolean met) {
        return met ? "met" : "NOT met";
    }
}
