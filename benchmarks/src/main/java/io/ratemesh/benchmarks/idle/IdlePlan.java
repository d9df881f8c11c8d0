package io.ratemesh.benchmarks.idle;

/**
 * What is asked of a run.
 *
 * @param idle connections that ask once and then stay
 * @param active connections that ask all the time
 * @param seconds how long those do
 * @param warmUp seconds of load before anything is counted
 */
record IdlePlan(int idle, int active, int seconds, int warmUp) {}
