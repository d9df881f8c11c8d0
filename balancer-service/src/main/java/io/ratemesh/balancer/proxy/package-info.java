/**
 * Forwards one request to an upstream and its response back: attempts, relay and tunnel. Which upstream is selected is decided in
 * {@code loadbalance}, and connections to upstreams are in {@code upstream.connections}.
 */
@NullMarked
package io.ratemesh.balancer.proxy;

import org.jspecify.annotations.NullMarked;
