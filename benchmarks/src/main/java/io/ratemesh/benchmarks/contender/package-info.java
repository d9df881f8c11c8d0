/**
 * HAProxy, nginx and Ratemesh as they are started for a comparison, their upstreams, and the base of benchmarks that compare them.
 * Load generators are in {@code load}, tables in {@code report}.
 */
@NullMarked
package io.ratemesh.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
