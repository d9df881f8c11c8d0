/**
 * Readers by the thousand on one converter: does each get every version once and in order, how late, and at what price?
 * Run by {@code ./ratemesh bench sse}.
 */
@NullMarked
package io.ratemesh.benchmarks.sse;

import org.jspecify.annotations.NullMarked;
