/**
 * {@code bench faults}: requests that fail through HAProxy and through the balancer while an upstream fails. Latency and throughput
 * without faults are measured in {@code proxy}.
 */
@NullMarked
package io.ratemesh.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
