/**
 * Server-sent events: filters, replay, and one reader per connection. {@link
 * io.ratemesh.converter.stream.ResponseSink} is the one class that uses Vert.x and Netty internals.
 */
@NullMarked
package io.ratemesh.converter.stream;

import org.jspecify.annotations.NullMarked;
