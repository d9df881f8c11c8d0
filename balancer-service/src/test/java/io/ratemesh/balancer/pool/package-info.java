@NullMarked
package io.ratemesh.balancer.pool;

import org.jspecify.annotations.NullMarked;
