/**
 * The rate book, currencies and exact money arithmetic, as immutable values. No I/O, and nothing of Vert.x or Hazelcast.
 */
@NullMarked
package io.ratemesh.model;

import org.jspecify.annotations.NullMarked;
