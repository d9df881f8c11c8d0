/** Answers conversions over JSON and streams changes over SSE. */
@NullMarked
package io.ratemesh.converter;

import org.jspecify.annotations.NullMarked;
