package io.ratemesh.benchmarks.all;

import java.util.List;
import java.util.Locale;

/** How long the benchmarks are run. */
enum BenchmarkPlan {
    /** About 40 minutes; at most an hour. */
    FULL,
    /** Less than ten minutes. */
    QUICK,
    /** About five minutes: each benchmark still works, the figures mean nothing. */
    SMOKE;

    /** The benchmarks of this plan in their order. */
    List<PlannedBenchmark> benchmarks() {
        return PlannedBenchmark.ALL.stream()
                .filter(benchmark -> benchmark.isIn(this))
                .toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
