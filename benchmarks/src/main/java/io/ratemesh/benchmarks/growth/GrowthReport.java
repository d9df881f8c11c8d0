package io.ratemesh.benchmarks.growth;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Report;
import java.util.List;

/** The result of {@code bench growth}. It has no goals: how a cost grows is for its reader to judge. */
record GrowthReport(List<SweepResult> sweeps) implements Report {

    GrowthReport {
        sweeps = List.copyOf(sweeps);
    }

    @Override
    public List<Figure> figures() {
        return sweeps.stream().flatMap(sweep -> sweep.figures().stream()).toList();
    }

    @Override
    public List<String> lines() {
        return sweeps.stream().flatMap(sweep -> sweep.lines().stream()).toList();
    }
}
