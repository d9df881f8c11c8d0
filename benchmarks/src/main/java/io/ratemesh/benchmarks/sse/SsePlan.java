package io.ratemesh.benchmarks.sse;

/**
 * The options of {@code bench sse}.
 *
 * @param readers number of streams
 * @param seconds to measure, with one update per second
 * @param slow number of readers that stop reading after a sixth of that time
 */
record SsePlan(int readers, int seconds, int slow, boolean throughBalancer) {

    /** Updates before the measured ones, sent by JVMs that are still cold. Their delivery is checked, too. */
    static final int WARM_UP = 10;

    int updates() {
        return WARM_UP + seconds;
    }

    /** The index of the first update that slow readers do not read. */
    int slowReadersStopAt() {
        return WARM_UP + seconds / 6;
    }

    /** The number of readers that read to the end. */
    int steady() {
        return readers - slow;
    }
}
