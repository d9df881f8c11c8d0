/** Active health checks over HTTP and TCP. What a result means for the state of an upstream is decided in {@code upstream}. */
@NullMarked
package io.ratemesh.balancer.upstream.health;

import org.jspecify.annotations.NullMarked;
