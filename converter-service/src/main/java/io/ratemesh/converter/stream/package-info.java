/** Changes as server-sent events: one encoding for all readers of the same pairs, no memory for a missed update. */
@NullMarked
package io.ratemesh.converter.stream;

import org.jspecify.annotations.NullMarked;
