/** The access log: a line of JSON for each request, written beside the event loop. */
@NullMarked
package io.ratemesh.converter.access;

import org.jspecify.annotations.NullMarked;
