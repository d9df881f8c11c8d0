/**
 * JMH benchmarks of the calculations on the hot path, started by {@code java -jar benchmarks/target/benchmarks.jar}. Benchmarks
 * that start processes are in the packages below.
 */
@NullMarked
package io.ratemesh.benchmarks;

import org.jspecify.annotations.NullMarked;
