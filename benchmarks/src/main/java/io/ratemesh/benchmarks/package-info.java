/** The command line of the benchmarks; each is in a package below. */
@NullMarked
package io.ratemesh.benchmarks;

import org.jspecify.annotations.NullMarked;
