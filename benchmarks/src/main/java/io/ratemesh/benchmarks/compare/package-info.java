/** {@code bench compare}: what has changed between the results of two runs. Nothing is measured here. */
@NullMarked
package io.ratemesh.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
