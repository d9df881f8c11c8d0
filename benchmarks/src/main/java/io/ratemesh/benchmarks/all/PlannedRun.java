package io.ratemesh.benchmarks.all;

import java.util.Arrays;
import java.util.List;

/**
 * How a benchmark is run in a plan.
 *
 * @param seconds that it takes on a machine with two processors
 * @param options of its command, separated by spaces
 */
record PlannedRun(int seconds, String options) {

    /** The benchmark is not in the plan. */
    static final PlannedRun LEFT_OUT = new PlannedRun(0, "left out");

    static PlannedRun taking(int seconds, String options) {
        return new PlannedRun(seconds, options);
    }

    boolean isLeftOut() {
        return seconds == 0;
    }

    /** The options as arguments. */
    List<String> arguments() {
        return Arrays.stream(options.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
