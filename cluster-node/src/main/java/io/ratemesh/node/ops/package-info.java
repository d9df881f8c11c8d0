/** What operators are told: events on the bus, one line each in the log. */
@NullMarked
package io.ratemesh.node.ops;

import org.jspecify.annotations.NullMarked;
