@NullMarked
package io.ratemesh.balancer.vertx;

import org.jspecify.annotations.NullMarked;
