/** How servers are loaded and what is measured of each round. */
@NullMarked
package io.ratemesh.benchmarks.load;

import org.jspecify.annotations.NullMarked;
