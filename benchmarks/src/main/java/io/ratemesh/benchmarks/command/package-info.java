/**
 * The command line that all benchmarks share: options, machine load, exit code. What a benchmark measures is in its own package.
 */
@NullMarked
package io.ratemesh.benchmarks.command;

import org.jspecify.annotations.NullMarked;
