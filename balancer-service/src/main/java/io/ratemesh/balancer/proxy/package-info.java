/** The way of one request to an upstream and of its answer back. */
@NullMarked
package io.ratemesh.balancer.proxy;

import org.jspecify.annotations.NullMarked;
