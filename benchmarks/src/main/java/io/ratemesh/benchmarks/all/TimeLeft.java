package io.ratemesh.benchmarks.all;

import java.util.List;

/** The time that the remaining benchmarks take: the planned time, corrected by what the earlier ones took compared with theirs. */
final class TimeLeft {

    private static final double SECONDS_PER_MINUTE = 60;

    private double planned;
    private double used;
    private double remaining;

    TimeLeft(List<Integer> plannedSeconds) {
        remaining = plannedSeconds.stream().mapToInt(Integer::intValue).sum();
    }

    /** A benchmark has ended. */
    void completed(int plannedSeconds, double usedSeconds) {
        planned += plannedSeconds;
        used += usedSeconds;
        remaining -= plannedSeconds;
    }

    /** Rounded up. */
    int minutes() {
        double factor = planned == 0 ? 1 : used / planned;
        return (int) Math.ceil(remaining * factor / SECONDS_PER_MINUTE);
    }
}
