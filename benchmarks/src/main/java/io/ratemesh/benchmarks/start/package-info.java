/**
 * {@code bench start}: the time, CPU and memory of starting nodes, compared with a bare Vert.x and Hazelcast node, and of
 * {@code ./ratemesh up}.
 */
@NullMarked
package io.ratemesh.benchmarks.start;

import org.jspecify.annotations.NullMarked;
