/**
 * The OpenAPI document and what is made of it: parameter checks, the served document and its page. The build packs
 * both, in {@link io.ratemesh.converter.openapi.build}.
 */
@NullMarked
package io.ratemesh.converter.openapi;

import org.jspecify.annotations.NullMarked;
