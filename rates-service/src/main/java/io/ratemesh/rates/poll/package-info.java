/** Asking feeds over HTTP, in their rhythm and within limits. */
@NullMarked
package io.ratemesh.rates.poll;

import org.jspecify.annotations.NullMarked;
