/** What the build makes of {@code src/main/openapi}: the document as JSON, and the page drawn from it. */
@NullMarked
package io.ratemesh.converter.openapi.build;

import org.jspecify.annotations.NullMarked;
