/**
 * Statistics of a balancer: snapshots of all counters, rates per second, event-loop lag and the last events. Counting itself is done where
 * things happen; formats are in {@code csv}, {@code json} and {@code metrics}.
 */
@NullMarked
package io.ratemesh.balancer.stats;

import org.jspecify.annotations.NullMarked;
