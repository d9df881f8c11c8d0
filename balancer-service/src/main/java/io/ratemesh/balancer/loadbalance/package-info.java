/** Pools, load-balancing policies, the request queue and the retry budget. What one upstream is like is known in {@code upstream}. */
@NullMarked
package io.ratemesh.balancer.loadbalance;

import org.jspecify.annotations.NullMarked;
