/** The files that run the cluster in containers and watch it, held against the settings and metrics of the nodes. */
@NullMarked
package io.ratemesh.systemtests.containers;

import org.jspecify.annotations.NullMarked;
