/**
 * {@code bench slow}: latency of other clients during attacks by slow clients on the balancer and on HAProxy. Connections that
 * stay idle are measured in {@code idle}.
 */
@NullMarked
package io.ratemesh.benchmarks.slow;

import org.jspecify.annotations.NullMarked;
