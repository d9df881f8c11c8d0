/** Asking upstreams whether they are well. */
@NullMarked
package io.ratemesh.balancer.health;

import org.jspecify.annotations.NullMarked;
