/** Tests of the tables for browsers without JavaScript. */
@NullMarked
package io.ratemesh.balancer.stats.html;

import org.jspecify.annotations.NullMarked;
