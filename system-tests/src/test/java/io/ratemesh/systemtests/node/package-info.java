/** A node of the cluster in the JVM of the test, which returns the requests it receives. Nodes in JVMs of their own are in process. */
@NullMarked
package io.ratemesh.systemtests.node;

import org.jspecify.annotations.NullMarked;
