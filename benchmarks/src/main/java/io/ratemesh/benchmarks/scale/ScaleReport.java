package io.ratemesh.benchmarks.scale;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of {@code bench scale}.
 *
 * @param steps of the load
 * @param samples of the whole run
 */
record ScaleReport(List<Step> steps, List<ScaleSample> samples) implements Report {

    /**
     * A step of the load.
     *
     * @param perSecond requests per second
     * @param requests in flight at its end
     * @param desired converters at its end
     * @param ready converters at its end
     */
    record Step(int connections, double perSecond, int requests, int desired, int ready) {}

    /** How often the desired number fell after it had risen, or the reverse. */
    int turns() {
        int turns = 0;
        int direction = 0;
        for (int i = 1; i < samples.size(); i++) {
            int change =
                    Integer.signum(samples.get(i).desired() - samples.get(i - 1).desired());
            if (change != 0) {
                turns += direction != 0 && change != direction ? 1 : 0;
                direction = change;
            }
        }
        return turns;
    }

    @Override
    public List<String> lines() {
        Table table = new Table("connections", "requests per second", "in flight", "desired", "ready");
        steps.forEach(step -> table.row(
                step.connections(), Table.number(step.perSecond()), step.requests(), step.desired(), step.ready()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(
                "Desired, in flight and ready are those at the end of a step. No request failed. The desired number changed its"
                        + " direction " + turns() + " times (goal: once): " + Report.verdict(isGoalMet()));
        return lines;
    }

    @Override
    public List<Figure> figures() {
        Map<Integer, List<Double>> byConnections = new LinkedHashMap<>();
        steps.forEach(step -> byConnections
                .computeIfAbsent(step.connections(), ignored -> new ArrayList<>())
                .add(step.perSecond()));
        return byConnections.entrySet().stream()
                .map(step ->
                        new Figure(step.getKey() + " connections", Figure.RATEMESH, Measure.REQUESTS, step.getValue()))
                .toList();
    }

    @Override
    public List<Goal> goals() {
        return List.of(Goal.atMost("changes of direction of the desired number", turns(), 1));
    }
}
