/** A cluster for a test: its JVMs, settings and ports. Single processes are in the package process. */
@NullMarked
package io.ratemesh.systemtests.cluster;

import org.jspecify.annotations.NullMarked;
