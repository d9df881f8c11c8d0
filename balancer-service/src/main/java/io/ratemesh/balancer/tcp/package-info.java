/**
 * TCP mode: relays connections byte by byte to the servers of a pool. Nothing here knows a protocol above TCP, and selection, checks and
 * the queue are in {@code loadbalance} and {@code upstream}.
 */
@NullMarked
package io.ratemesh.balancer.tcp;

import org.jspecify.annotations.NullMarked;
