/**
 * All that relies on the inside of Vert.x: its pipelines, its contexts, its transport. What is done with them is decided by the callers.
 */
@NullMarked
package io.ratemesh.balancer.vertx;

import org.jspecify.annotations.NullMarked;
