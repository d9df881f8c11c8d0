/**
 * Guards of HTTP/1 connections: strict framing of requests, the order of responses and rejections, time limits of clients. Nothing here
 * forwards a request.
 */
@NullMarked
package io.ratemesh.balancer.http1;

import org.jspecify.annotations.NullMarked;
