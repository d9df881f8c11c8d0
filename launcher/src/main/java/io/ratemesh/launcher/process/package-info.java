/** The processes of nodes and benchmarks: their jars, their options, start and end. In which order is decided in the package cluster. */
@NullMarked
package io.ratemesh.launcher.process;

import org.jspecify.annotations.NullMarked;
