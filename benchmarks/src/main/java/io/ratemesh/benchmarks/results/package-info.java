/** The results of a run of many benchmarks, and the file that keeps them. */
@NullMarked
package io.ratemesh.benchmarks.results;

import org.jspecify.annotations.NullMarked;
