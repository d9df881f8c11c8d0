/**
 * {@code bench idle}: memory of idle connections to the balancer and to HAProxy. Memory over many requests is measured in
 * {@code soak}.
 */
@NullMarked
package io.ratemesh.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
