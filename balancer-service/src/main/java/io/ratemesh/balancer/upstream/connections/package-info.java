/** Connections to upstreams: HTTP/1.1 framing, pipelining, keep-alive and response timeouts. Which upstream to connect to is decided elsewhere. */
@NullMarked
package io.ratemesh.balancer.upstream.connections;

import org.jspecify.annotations.NullMarked;
