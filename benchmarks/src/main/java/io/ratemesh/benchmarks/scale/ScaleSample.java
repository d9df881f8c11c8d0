package io.ratemesh.benchmarks.scale;

/**
 * What the balancer reported at one time.
 *
 * @param seconds since the start
 * @param connections that sent requests
 * @param requests in flight
 * @param desired converters
 * @param ready converters
 */
record ScaleSample(double seconds, int connections, int requests, int desired, int ready) {}
