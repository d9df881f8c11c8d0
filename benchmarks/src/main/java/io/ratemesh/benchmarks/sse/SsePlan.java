package io.ratemesh.benchmarks.sse;

/**
 * What is asked of a run.
 *
 * @param readers how many streams are opened
 * @param seconds how long is measured; each second there is a new book
 * @param slow how many of them stop to read after a sixth of that time
 * @param throughBalancer whether a balancer stands between
 */
record SsePlan(int readers, int seconds, int slow, boolean throughBalancer) {

    /** Updates before those that are measured: checked like the others, but told by a JVM that is still cold. */
    static final int WARM_UP = 10;

    /** All updates, one a second. */
    int updates() {
        return WARM_UP + seconds;
    }

    /** From when on the slow ones do not read: the update with this number, counted from 0, is the first they leave. */
    int stallAt() {
        return WARM_UP + seconds / 6;
    }

    /** How many of the readers read to the end. */
    int steady() {
        return readers - slow;
    }
}
