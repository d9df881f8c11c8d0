package io.ratemesh.benchmarks.stack;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.FixedRateLatencies;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.RatioGoal;
import io.ratemesh.benchmarks.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of {@code bench convert-stack}.
 *
 * @param latencies at a rate that both sustain, without a goal
 */
record StackReport(ComparisonReport peaks, FixedRateLatencies latencies) implements Report {

    static final RatioGoal GOAL = RatioGoal.atLeast(10, RatemeshBalancer.NAME, FlaskStack.NAME);

    @Override
    public List<Goal> goals() {
        return peaks.goals();
    }

    @Override
    public List<Figure> figures() {
        return Stream.concat(peaks.figures().stream(), latencies.figures().stream())
                .toList();
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>(peaks.lines());
        lines.add("");
        lines.addAll(latencies.table().lines());
        return lines;
    }
}
