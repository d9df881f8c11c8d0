/**
 * {@code bench growth}: what one request, event, update or conversion costs as one size of the system grows. Comparisons with others
 * are in {@code proxy}, {@code sse} and {@code stack}.
 */
@NullMarked
package io.ratemesh.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
