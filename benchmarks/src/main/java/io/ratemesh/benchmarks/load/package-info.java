/** Load generators, and the results of one round of load. They know nothing of contenders and tables. */
@NullMarked
package io.ratemesh.benchmarks.load;

import org.jspecify.annotations.NullMarked;
