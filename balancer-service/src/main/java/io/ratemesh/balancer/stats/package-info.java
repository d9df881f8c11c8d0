/** What operators see, and the door to it. */
@NullMarked
package io.ratemesh.balancer.stats;

import org.jspecify.annotations.NullMarked;
