/** The grammar of HTTP that both versions share, hop-by-hop and forwarded fields, and responses that the balancer writes itself. Nothing here knows pools or upstreams. */
@NullMarked
package io.ratemesh.balancer.http;

import org.jspecify.annotations.NullMarked;
