@NullMarked
package io.ratemesh.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
