package io.ratemesh.benchmarks.results;

import io.ratemesh.benchmarks.process.MachineFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of {@code bench all}.
 *
 * @param date of its begin
 * @param commit of the sources, or {@value #UNKNOWN_COMMIT}
 * @param plan for example {@code full}
 * @param benchmarks in the order in which they were run
 */
public record RunResults(
        Instant date, String commit, MachineFacts machine, String plan, List<BenchmarkOutcome> benchmarks) {

    public static final String UNKNOWN_COMMIT = "unknown";

    public RunResults {
        benchmarks = List.copyOf(benchmarks);
    }

    /** With one more benchmark. */
    public RunResults with(BenchmarkOutcome next) {
        List<BenchmarkOutcome> all = new ArrayList<>(benchmarks);
        all.add(next);
        return new RunResults(date, commit, machine, plan, all);
    }

    /** Whether each benchmark could be run. */
    public boolean isComplete() {
        return benchmarks.stream().allMatch(outcome -> outcome.error().isEmpty());
    }

    /** Whether each benchmark could be run and met its goals. */
    public boolean isGoalMet() {
        return isComplete() && benchmarks.stream().allMatch(BenchmarkOutcome::isGoalMet);
    }
}
