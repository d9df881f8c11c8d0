/**
 * {@code bench convert}: one converter compared with a bare Vert.x server that returns a constant. Streams of updates are
 * measured in {@code sse}.
 */
@NullMarked
package io.ratemesh.benchmarks.convert;

import org.jspecify.annotations.NullMarked;
