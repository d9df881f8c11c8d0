/** What fails while an upstream is ill: our front door beside HAProxy. Run by {@code ./ratemesh bench faults}. */
@NullMarked
package io.ratemesh.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
