/** What the command lines of all load runs have in common. */
@NullMarked
package io.ratemesh.benchmarks.command;

import org.jspecify.annotations.NullMarked;
