/**
 * {@code bench all}: all benchmarks of a plan one after another, with their results in a file, in RESULTS.md and as plots. What
 * each measures is in its own package.
 */
@NullMarked
package io.ratemesh.benchmarks.all;

import org.jspecify.annotations.NullMarked;
