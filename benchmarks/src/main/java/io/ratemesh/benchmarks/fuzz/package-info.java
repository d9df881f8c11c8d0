/**
 * {@code bench fuzz}: valid, nearly valid and malformed requests to one converter, and how it responds. It checks responses and
 * memory, and measures no speed.
 */
@NullMarked
package io.ratemesh.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
