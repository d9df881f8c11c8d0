/**
 * JMH benchmarks of the calculations on the hot path, and {@code bench jmh}, which runs them. One is in a package of the converter,
 * because what it measures is not public.
 */
@NullMarked
package io.ratemesh.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
