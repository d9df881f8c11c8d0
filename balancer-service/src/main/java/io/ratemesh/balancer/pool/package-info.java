/** The upstreams of a pool, which of them may be chosen, and the choice. */
@NullMarked
package io.ratemesh.balancer.pool;

import org.jspecify.annotations.NullMarked;
