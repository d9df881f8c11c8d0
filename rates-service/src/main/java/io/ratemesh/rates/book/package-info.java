/**
 * From feed responses to the accepted book: validation, consensus, choice of rates, and the book a leader starts from.
 * Polling, the cluster and the disk writer are not here.
 */
@NullMarked
package io.ratemesh.rates.book;

import org.jspecify.annotations.NullMarked;
