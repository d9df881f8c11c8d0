/** How the book of rates, and what became of the feeds, travels through the cluster. */
@NullMarked
package io.ratemesh.node.book;

import org.jspecify.annotations.NullMarked;
