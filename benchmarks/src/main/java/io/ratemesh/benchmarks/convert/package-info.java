/**
 * One converter's conversions beside a Vert.x server that only answers a constant: what of the server's speed is left? Run by
 * {@code ./ratemesh bench convert}.
 */
@NullMarked
package io.ratemesh.benchmarks.convert;

import org.jspecify.annotations.NullMarked;
