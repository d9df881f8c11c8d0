/** What goes into the book: checks of quotes, the choice of each rate, and where the first book comes from. */
@NullMarked
package io.ratemesh.rates.book;

import org.jspecify.annotations.NullMarked;
