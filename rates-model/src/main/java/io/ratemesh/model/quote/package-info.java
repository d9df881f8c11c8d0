/**
 * The rate of a pair, now or on a past day, from the book, the ECB's history and the legal rates together. Formatting and
 * rounding of results are not here.
 */
@NullMarked
package io.ratemesh.model.quote;

import org.jspecify.annotations.NullMarked;
