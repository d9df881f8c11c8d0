/** Currencies that are no more: the law that turned them into another one, and at what rate. */
@NullMarked
package io.ratemesh.model.retired;

import org.jspecify.annotations.NullMarked;
