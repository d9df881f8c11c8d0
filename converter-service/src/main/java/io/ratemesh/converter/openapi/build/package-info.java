/**
 * Run by the build: it turns {@code src/main/openapi} into JSON and into the reference page. Nothing here runs in a
 * converter.
 */
@NullMarked
package io.ratemesh.converter.openapi.build;

import org.jspecify.annotations.NullMarked;
