/** Statistics as Prometheus metrics. Only formatting: the figures come from {@code stats}. */
@NullMarked
package io.ratemesh.balancer.stats.metrics;

import org.jspecify.annotations.NullMarked;
