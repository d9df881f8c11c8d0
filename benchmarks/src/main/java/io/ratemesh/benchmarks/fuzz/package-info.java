/**
 * Requests that nobody in their right mind sends, by the million, on one converter: does it answer each as it should, stay
 * alive and stay small? Run by {@code ./ratemesh bench fuzz}.
 */
@NullMarked
package io.ratemesh.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
