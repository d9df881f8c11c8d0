/** Passive checks: consecutive failures, ejection times and hang detection, from what requests report. Active checks are in {@code upstream.health}. */
@NullMarked
package io.ratemesh.balancer.upstream.outlier;

import org.jspecify.annotations.NullMarked;
