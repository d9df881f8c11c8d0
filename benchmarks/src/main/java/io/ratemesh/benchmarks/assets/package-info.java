/**
 * {@code bench static}: the balancer's UI files from memory compared with nginx and the same files in a folder. Proxied requests
 * are measured in {@code proxy}.
 */
@NullMarked
package io.ratemesh.benchmarks.assets;

import org.jspecify.annotations.NullMarked;
