/**
 * The warm-up of a converter: requests through its routes, with a book of its own. How long it takes is decided in
 * {@link io.ratemesh.node.warmup}.
 */
@NullMarked
package io.ratemesh.converter.warmup;

import org.jspecify.annotations.NullMarked;
