@NullMarked
package io.ratemesh.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
