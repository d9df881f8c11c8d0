/** Certificates of TLS listeners, read again when their files change. Listeners themselves lie in {@code listener}. */
@NullMarked
package io.ratemesh.balancer.listener.tls;

import org.jspecify.annotations.NullMarked;
