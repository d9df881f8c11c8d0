/**
 * {@code bench sse}: thousands of SSE readers on one converter; delivery, delay, CPU time and memory. Single conversions are
 * measured in {@code convert}.
 */
@NullMarked
package io.ratemesh.benchmarks.sse;

import org.jspecify.annotations.NullMarked;
