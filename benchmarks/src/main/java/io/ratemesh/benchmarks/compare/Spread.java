package io.ratemesh.benchmarks.compare;

import io.ratemesh.benchmarks.load.Median;
import io.ratemesh.benchmarks.report.Figure;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The median of rounds, and the range that they lie in. */
record Spread(double median, double least, double most) {

    /** A smaller relative difference is none, however small the spreads are. */
    static final double SIGNIFICANT = 0.05;

    static Spread of(Figure figure) {
        return new Spread(figure.median(), figure.least(), figure.most());
    }

    /**
     * One figure divided by another of the same run. Rounds are interleaved, so those with the same number had the same conditions;
     * different numbers of rounds leave only the medians.
     */
    static Spread ratio(Figure one, Figure other) {
        double median = one.median() / other.median();
        if (one.rounds().size() != other.rounds().size()) {
            return new Spread(median, median, median);
        }
        List<Double> rounds = IntStream.range(0, one.rounds().size())
                .mapToObj(i -> one.rounds().get(i) / other.rounds().get(i))
                .toList();
        return new Spread(Median.of(rounds), Collections.min(rounds), Collections.max(rounds));
    }

    /** How much larger it is, as a fraction of the other; infinite compared with 0. */
    double changeFrom(Spread other) {
        return median == other.median ? 0 : median / other.median - 1;
    }

    /** Whether it differs by more than 5 %, and each median is outside the range of the other. */
    boolean differsFrom(Spread other) {
        return Math.abs(changeFrom(other)) > SIGNIFICANT && !other.contains(median) && !contains(other.median);
    }

    private boolean contains(double value) {
        return value >= least && value <= most;
    }
}
