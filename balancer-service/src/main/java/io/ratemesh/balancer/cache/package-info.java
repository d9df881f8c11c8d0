/**
 * Caches of responses (RFC 9111), one for each route that has one: what may be stored and for how long it may be used, and the store. All
 * event loops share it. Requests are answered from it in {@code proxy}.
 */
@NullMarked
package io.ratemesh.balancer.cache;

import org.jspecify.annotations.NullMarked;
