/**
 * Listeners: the addresses that clients connect to, with connection set-up, the PROXY protocol, and the limits on connections and on
 * requests of a client. What is valid HTTP is decided in {@code http1} and {@code http2}, and what is done with a request in
 * {@code proxy}.
 */
@NullMarked
package io.ratemesh.balancer.listener;

import org.jspecify.annotations.NullMarked;
