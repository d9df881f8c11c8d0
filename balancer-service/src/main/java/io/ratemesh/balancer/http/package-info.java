/**
 * The grammar of requests that all versions of HTTP share, hop-by-hop fields, and the problem responses that the balancer writes itself.
 * Framing is in {@code http1} and {@code http2}, and nothing here depends on pools or upstreams.
 */
@NullMarked
package io.ratemesh.balancer.http;

import org.jspecify.annotations.NullMarked;
