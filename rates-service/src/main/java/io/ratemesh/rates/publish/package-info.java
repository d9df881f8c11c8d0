/**
 * Leadership, and the way of a book to the cluster and the disk. How a book is built from responses is in the package book.
 */
@NullMarked
package io.ratemesh.rates.publish;

import org.jspecify.annotations.NullMarked;
