/**
 * Statistics as HAProxy's CSV. Only formatting: the values come from {@code stats}.
 */
@NullMarked
package io.ratemesh.balancer.stats.csv;

import org.jspecify.annotations.NullMarked;
