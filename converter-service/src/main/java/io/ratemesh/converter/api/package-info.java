/** The JSON API: what can be got, and the one place that answers. */
@NullMarked
package io.ratemesh.converter.api;

import org.jspecify.annotations.NullMarked;
