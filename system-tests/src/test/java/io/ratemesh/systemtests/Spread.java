package io.ratemesh.systemtests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations that were measured several times. */
final class Spread {

    private final List<Duration> durations = new ArrayList<>();

    void add(Duration duration) {
        durations.add(duration);
    }

    Duration min() {
        return sorted().get(0);
    }

    Duration max() {
        return sorted().get(durations.size() - 1);
    }

    private List<Duration> sorted() {
        return durations.stream().sorted().toList();
    }

    /** The least, the median and the most, in milliseconds. */
    @Override
    public String toString() {
        List<Duration> sorted = sorted();
        return "min " + min().toMillis() + " ms, median "
                + sorted.get((sorted.size() - 1) / 2).toMillis() + " ms, max " + max().toMillis() + " ms of "
                + sorted.size();
    }
}
