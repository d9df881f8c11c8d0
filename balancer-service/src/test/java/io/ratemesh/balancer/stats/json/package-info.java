/** Tests of statistics as JSON. */
@NullMarked
package io.ratemesh.balancer.stats.json;

import org.jspecify.annotations.NullMarked;
