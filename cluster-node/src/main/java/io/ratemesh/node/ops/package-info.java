/** Events for operators: published on the event bus and logged. Balancers keep and serve them, which is not done here. */
@NullMarked
package io.ratemesh.node.ops;

import org.jspecify.annotations.NullMarked;
