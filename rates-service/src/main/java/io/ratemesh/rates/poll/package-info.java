/**
 * Polling of the feeds: HTTP requests within limits, intervals, backoff and circuit breaker. Which quotes of a response are
 * accepted is decided in the package book.
 */
@NullMarked
package io.ratemesh.rates.poll;

import org.jspecify.annotations.NullMarked;
