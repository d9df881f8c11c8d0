/**
 * The daily and the minute-by-minute history as they are shared in the cluster. The bundled history and the codecs are in the
 * rate model.
 */
@NullMarked
package io.ratemesh.node.history;

import org.jspecify.annotations.NullMarked;
