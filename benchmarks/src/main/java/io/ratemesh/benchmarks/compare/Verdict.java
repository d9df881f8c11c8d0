package io.ratemesh.benchmarks.compare;

import io.ratemesh.benchmarks.report.Measure;

/** Whether a value is better or worse than another one. */
enum Verdict {
    BETTER,
    WORSE,
    SAME;

    static Verdict of(Spread one, Spread other, Measure measure) {
        if (!one.differsFrom(other)) {
            return SAME;
        }
        return one.median() > other.median() == measure.moreIsBetter() ? BETTER : WORSE;
    }

    boolean contradicts(Verdict other) {
        return this != SAME && other != SAME && this != other;
    }
}
