/**
 * {@code ./ratemesh chaos}: faults of a whole cluster under load, and what clients may not notice of them. Faults of one upstream
 * behind the balancer, compared with HAProxy, are in {@code faults}.
 */
@NullMarked
package io.ratemesh.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
