/** The days that were learnt and the minutes that were seen, on the cluster. */
@NullMarked
package io.ratemesh.node.history;

import org.jspecify.annotations.NullMarked;
