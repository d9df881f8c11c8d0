/**
 * The converter service: it wires book, history, routes and streams together on one event loop. How each of them works
 * is in its own package.
 */
@NullMarked
package io.ratemesh.converter;

import org.jspecify.annotations.NullMarked;
