/** What the warm-up of a balancer needs around its data path: settings, upstreams and clients, all on loopback. */
@NullMarked
package io.ratemesh.balancer.warmup;

import org.jspecify.annotations.NullMarked;
