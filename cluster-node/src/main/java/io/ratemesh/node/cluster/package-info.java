/**
 * Hazelcast: its configuration, its members, and how two parts of a split cluster merge. What is shared over it is in the
 * packages book and history.
 */
@NullMarked
package io.ratemesh.node.cluster;

import org.jspecify.annotations.NullMarked;
