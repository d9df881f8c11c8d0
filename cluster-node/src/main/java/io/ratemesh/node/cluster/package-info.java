/** Joining the Hazelcast cluster and knowing who is in it. */
@NullMarked
package io.ratemesh.node.cluster;

import org.jspecify.annotations.NullMarked;
