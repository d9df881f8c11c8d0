/** Addresses that clients connect to: connection set-up, limits, PROXY protocol. What a request becomes is decided in {@code proxy}. */
@NullMarked
package io.ratemesh.balancer.listener;

import org.jspecify.annotations.NullMarked;
