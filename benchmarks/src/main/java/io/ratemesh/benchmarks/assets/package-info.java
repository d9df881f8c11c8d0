/** The browser UI from our memory beside nginx with the same files in a folder. Run by {@code ./ratemesh bench static}. */
@NullMarked
package io.ratemesh.benchmarks.assets;

import org.jspecify.annotations.NullMarked;
