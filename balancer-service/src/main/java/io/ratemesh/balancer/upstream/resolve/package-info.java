/** Resolves the names of upstreams to addresses, and again when a time to live ends. Nothing here connects. */
@NullMarked
package io.ratemesh.balancer.upstream.resolve;

import org.jspecify.annotations.NullMarked;
