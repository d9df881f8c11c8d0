/**
 * Guards of HTTP/2 connections: checks of heads and trailers, late frames, time limits of streams. The codec is Netty's, and nothing here
 * forwards a request.
 */
@NullMarked
package io.ratemesh.balancer.http2;

import org.jspecify.annotations.NullMarked;
