@NullMarked
package io.ratemesh.benchmarks.load;

import org.jspecify.annotations.NullMarked;
