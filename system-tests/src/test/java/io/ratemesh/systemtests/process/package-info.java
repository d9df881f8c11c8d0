/** Processes of the built jars, and their ports. What a cluster needs is in the package cluster. */
@NullMarked
package io.ratemesh.systemtests.process;

import org.jspecify.annotations.NullMarked;
