/**
 * Routing: whether this node responds to a request itself, and else which pool the request goes to. Requests are forwarded in
 * {@code proxy}.
 */
@NullMarked
package io.ratemesh.balancer.routing;

import org.jspecify.annotations.NullMarked;
