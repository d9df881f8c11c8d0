/** Statistics as HAProxy's CSV. Only formatting: the figures come from {@code stats}. */
@NullMarked
package io.ratemesh.balancer.stats.csv;

import org.jspecify.annotations.NullMarked;
