/** What happens on a connection to an upstream before the first byte of its protocol: the PROXY protocol and TLS. Who connects, and where to, is decided elsewhere. */
@NullMarked
package io.ratemesh.balancer.upstream.transport;

import org.jspecify.annotations.NullMarked;
