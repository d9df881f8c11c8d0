/** How long the hot path takes: {@code java -jar benchmarks/target/benchmarks.jar}. */
@NullMarked
package io.ratemesh.benchmarks;

import org.jspecify.annotations.NullMarked;
