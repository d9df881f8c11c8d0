/** What load runs measure: services in JVMs of their own on a cluster of their own, and what they take of the machine. */
@NullMarked
package io.ratemesh.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
