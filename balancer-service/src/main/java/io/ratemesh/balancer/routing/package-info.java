/** Maps request paths to pools. Nothing here reads or forwards a request. */
@NullMarked
package io.ratemesh.balancer.routing;

import org.jspecify.annotations.NullMarked;
