/** Which requests go where. */
@NullMarked
package io.ratemesh.balancer.route;

import org.jspecify.annotations.NullMarked;
