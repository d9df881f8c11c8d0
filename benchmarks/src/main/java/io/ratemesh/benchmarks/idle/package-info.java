/** What connections cost that nobody uses. Run by {@code ./ratemesh bench idle}. */
@NullMarked
package io.ratemesh.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
