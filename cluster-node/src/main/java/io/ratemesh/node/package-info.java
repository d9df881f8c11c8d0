/** How a JVM becomes a node of the cluster. */
@NullMarked
package io.ratemesh.node;

import org.jspecify.annotations.NullMarked;
