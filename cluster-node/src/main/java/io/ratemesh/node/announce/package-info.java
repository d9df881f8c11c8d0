/** Who is there: every node says so each second, and everyone keeps a lease of everyone. */
@NullMarked
package io.ratemesh.node.announce;

import org.jspecify.annotations.NullMarked;
