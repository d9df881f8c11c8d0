/**
 * Statistics as Prometheus metrics. Only formatting: the values come from {@code stats}.
 */
@NullMarked
package io.ratemesh.balancer.stats.metrics;

import org.jspecify.annotations.NullMarked;
