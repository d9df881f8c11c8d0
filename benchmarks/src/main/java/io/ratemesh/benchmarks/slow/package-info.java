/** Clients that take their time on purpose, and what the others notice of it. Run by {@code ./ratemesh bench slow}. */
@NullMarked
package io.ratemesh.benchmarks.slow;

import org.jspecify.annotations.NullMarked;
