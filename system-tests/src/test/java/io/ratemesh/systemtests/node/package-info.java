/** A node that shows what reaches it. */
@NullMarked
package io.ratemesh.systemtests.node;

import org.jspecify.annotations.NullMarked;
