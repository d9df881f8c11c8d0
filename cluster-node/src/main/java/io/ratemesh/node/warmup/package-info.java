/**
 * The warm-up of a node before it serves: real requests to its own code, so that clients do not meet code that is not compiled yet. What a
 * service sends itself is in the service.
 */
@NullMarked
package io.ratemesh.node.warmup;

import org.jspecify.annotations.NullMarked;
