@NullMarked
package io.ratemesh.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
