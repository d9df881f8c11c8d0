/**
 * Connections that are passed on as they are, whatever is spoken on them.
 *
 * <p>Written for Netty's channels on Vert.x' event loops and its transport, not for Vert.x' sockets: those cannot end one
 * direction of a connection and keep the other, which a query that ends with a FIN needs; they copy each read onto the heap; and
 * they queue what is read while paused.
 */
@NullMarked
package io.ratemesh.balancer.tcp;

import org.jspecify.annotations.NullMarked;
