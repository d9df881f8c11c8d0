package io.ratemesh.benchmarks.results;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Report;
import java.util.List;
import java.util.Optional;

/**
 * What one benchmark has measured, or why it could not be run.
 *
 * @param name for example {@code proxy}
 * @param options it was run with, besides those of the services
 * @param conditions under which it was run
 * @param contenders with their versions and features, as a Markdown list
 * @param lines of its report, in Markdown
 * @param error why it could not be run; then the lists are empty
 */
public record BenchmarkOutcome(
        String name,
        String options,
        Conditions conditions,
        List<String> contenders,
        List<Figure> figures,
        List<Goal> goals,
        List<String> lines,
        Optional<String> error) {

    /**
     * The time and the load of the machine.
     *
     * @param seconds that the benchmark took
     * @param loadBefore load average of the minute before
     * @param loadAfter load average of its last minute
     */
    public record Conditions(double seconds, double loadBefore, double loadAfter) {}

    public BenchmarkOutcome {
        contenders = List.copyOf(contenders);
        figures = List.copyOf(figures);
        goals = List.copyOf(goals);
        lines = List.copyOf(lines);
    }

    public static BenchmarkOutcome of(String name, String options, Conditions conditions, Report report) {
        return new BenchmarkOutcome(
                name,
                options,
                conditions,
                report.descriptions(),
                report.figures(),
                report.goals(),
                report.lines(),
                Optional.empty());
    }

    public static BenchmarkOutcome failed(String name, String options, Conditions conditions, String error) {
        return new BenchmarkOutcome(
                name, options, conditions, List.of(), List.of(), List.of(), List.of(), Optional.of(error));
    }

    public boolean isGoalMet() {
        return goals.stream().allMatch(Goal::isMet);
    }
}
