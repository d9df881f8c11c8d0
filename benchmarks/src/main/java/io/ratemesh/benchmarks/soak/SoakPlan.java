package io.ratemesh.benchmarks.soak;

/**
 * What is asked of a run.
 *
 * @param requests how many at least
 * @param connections of the load
 * @param seconds of a slice, after each of which memory is looked at
 */
record SoakPlan(long requests, int connections, int seconds) {

    /** One slice in as many has requests with bodies. */
    static final int SLICES_PER_BODIES = 4;

    /** Of each of those. */
    static final int BODY_BYTES = 8192;
}
