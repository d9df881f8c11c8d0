package io.ratemesh.benchmarks.faults;

import java.time.Duration;

/**
 * The load and the times of {@code bench faults}.
 *
 * @param connections of the client, each with one request at a time
 * @param perSecond requests per second
 * @param timeout of a response
 * @param faultTime how long a fault lasts
 * @param recoveryTime how long a recovered upstream may get no requests
 */
record FaultsPlan(int connections, int perSecond, Duration timeout, Duration faultTime, Duration recoveryTime) {}
