/** Checks of HTTP/2 connections: pseudo-fields, fields, late frames and timeouts of streams. Listeners and HTTP/1 framing are elsewhere. */
@NullMarked
package io.ratemesh.balancer.http2;

import org.jspecify.annotations.NullMarked;
