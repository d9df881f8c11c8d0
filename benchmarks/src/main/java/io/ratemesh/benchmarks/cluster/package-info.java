/**
 * Service JVMs of a benchmark, and a cluster with a publisher of generated rates. Servers that Ratemesh is compared with are in
 * {@code contender}.
 */
@NullMarked
package io.ratemesh.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
