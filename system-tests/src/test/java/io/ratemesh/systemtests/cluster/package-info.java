/** A cluster of one's own, from its first JVM to its last. */
@NullMarked
package io.ratemesh.systemtests.cluster;

import org.jspecify.annotations.NullMarked;
