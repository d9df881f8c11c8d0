@NullMarked
package io.ratemesh.balancer.routing;

import org.jspecify.annotations.NullMarked;
