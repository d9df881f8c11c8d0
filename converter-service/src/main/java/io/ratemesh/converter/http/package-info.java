/**
 * HTTP as values: queries, media types, entity tags, bodies, responses and problems. It does not know any endpoint.
 */
@NullMarked
package io.ratemesh.converter.http;

import org.jspecify.annotations.NullMarked;
