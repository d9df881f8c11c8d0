package io.ratemesh.balancer.scale;

/**
 * The converters and their load at one moment.
 *
 * @param ready READY converters, except those that are being drained
 * @param warming of these, so new that their CPU does not show the load
 * @param starting converters that announce STARTING or were launched
 * @param draining converters that announce DRAINING or were ordered to leave; they are no capacity
 * @param requests in flight at converters or queued for them, streams excluded
 * @param cpu the number of processors that the ready converters use, warming ones excluded
 */
record ClusterLoad(int ready, int warming, int starting, int draining, double requests, double cpu) {

    /** Adds converters that were launched and have not announced themselves. */
    ClusterLoad withLaunched(int launched) {
        return new ClusterLoad(ready, warming, starting + launched, draining, requests, cpu);
    }

    /** The capacity that is there or is coming. */
    int converters() {
        return ready + starting;
    }
}
