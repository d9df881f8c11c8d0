@NullMarked
package io.ratemesh.benchmarks.slow;

import org.jspecify.annotations.NullMarked;
