/** How a node writes its log: one line an event. */
@NullMarked
package io.ratemesh.node.log;

import org.jspecify.annotations.NullMarked;
