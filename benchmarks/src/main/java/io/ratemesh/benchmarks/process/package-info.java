/** Servers in processes of their own on this machine, and what they take of it. */
@NullMarked
package io.ratemesh.benchmarks.process;

import org.jspecify.annotations.NullMarked;
