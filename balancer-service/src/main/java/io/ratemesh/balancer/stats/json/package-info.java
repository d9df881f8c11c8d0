/** Statistics as JSON. Only formatting: the figures come from {@code stats}. */
@NullMarked
package io.ratemesh.balancer.stats.json;

import org.jspecify.annotations.NullMarked;
