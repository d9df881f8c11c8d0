/**
 * {@code bench proxy} and {@code bench tcp}: the balancer compared with HAProxy and nginx in front of the same upstreams. Upstreams
 * that fail are in {@code faults}.
 */
@NullMarked
package io.ratemesh.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
