/**
 * Processes, ports, folders, metrics and the machine that benchmarks run on. Which processes a benchmark starts is decided
 * elsewhere.
 */
@NullMarked
package io.ratemesh.benchmarks.process;

import org.jspecify.annotations.NullMarked;
