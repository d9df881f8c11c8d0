@NullMarked
package io.ratemesh.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
