/**
 * The rates node: the service and the verticle that wires it. The work is done in the packages below: feed, poll, book, publish
 * and history.
 */
@NullMarked
package io.ratemesh.rates;

import org.jspecify.annotations.NullMarked;
