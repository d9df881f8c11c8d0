@NullMarked
package io.ratemesh.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
