/** Our ports of TCP beside those of HAProxy. Run by {@code ./ratemesh bench tcp}. */
@NullMarked
package io.ratemesh.benchmarks.tcp;

import org.jspecify.annotations.NullMarked;
