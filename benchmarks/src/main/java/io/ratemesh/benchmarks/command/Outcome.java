package io.ratemesh.benchmarks.command;

import java.util.List;

/**
 * What came out of a run.
 *
 * @param lines for people and for RESULTS.md
 * @param good whether what is asked of the run was met
 */
public record Outcome(List<String> lines, boolean good) {

    public Outcome {
        lines = List.copyOf(lines);
    }
}
