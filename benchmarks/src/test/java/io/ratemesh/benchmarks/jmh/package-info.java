@NullMarked
package io.ratemesh.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
