/** What happens on a connection to an upstream before the first byte of its protocol: TLS. Who connects, and where to, is decided elsewhere. */
@NullMarked
package io.ratemesh.balancer.upstream.transport;

import org.jspecify.annotations.NullMarked;
