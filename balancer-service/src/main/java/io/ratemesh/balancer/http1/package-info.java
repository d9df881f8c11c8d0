/** Strict framing of HTTP/1 requests on the wire, and the timeouts of their clients. Nothing here forwards a request. */
@NullMarked
package io.ratemesh.balancer.http1;

import org.jspecify.annotations.NullMarked;
