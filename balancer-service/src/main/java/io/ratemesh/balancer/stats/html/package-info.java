/** Statistics as HTML tables, for browsers without JavaScript. Only formatting: the values come from {@code stats.json}. */
@NullMarked
package io.ratemesh.balancer.stats.html;

import org.jspecify.annotations.NullMarked;
