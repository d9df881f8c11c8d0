/**
 * Statistics as JSON. Only formatting: the values come from {@code stats}.
 */
@NullMarked
package io.ratemesh.balancer.stats.json;

import org.jspecify.annotations.NullMarked;
