package io.ratemesh.benchmarks.faults;

import java.time.Duration;

/**
 * What is done.
 *
 * @param connections of the client, each with one request at a time
 * @param perSecond requests
 * @param patience how long the client waits for an answer
 * @param faultTime how long a fault lasts
 * @param recoveryTime how long an upstream that is well again may be left unasked
 */
record FaultsPlan(int connections, int perSecond, Duration patience, Duration faultTime, Duration recoveryTime) {}
