/** What is known of one upstream: its state, health, addresses and counts. Which upstream a request goes to is decided in {@code loadbalance}. */
@NullMarked
package io.ratemesh.balancer.upstream;

import org.jspecify.annotations.NullMarked;
