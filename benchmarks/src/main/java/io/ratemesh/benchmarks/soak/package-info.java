/** Millions of requests through our front door, and whether its memory grows. Run by {@code ./ratemesh bench soak}. */
@NullMarked
package io.ratemesh.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
