/** The rates node: asks the feeds, agrees on one book, publishes it. */
@NullMarked
package io.ratemesh.rates;

import org.jspecify.annotations.NullMarked;
