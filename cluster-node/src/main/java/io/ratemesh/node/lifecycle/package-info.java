/** From the command line to a running node, and back down in the right order. */
@NullMarked
package io.ratemesh.node.lifecycle;

import org.jspecify.annotations.NullMarked;
