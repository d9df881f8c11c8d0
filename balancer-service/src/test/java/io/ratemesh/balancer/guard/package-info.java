@NullMarked
package io.ratemesh.balancer.guard;

import org.jspecify.annotations.NullMarked;
