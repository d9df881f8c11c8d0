@NullMarked
package io.ratemesh.balancer.health;

import org.jspecify.annotations.NullMarked;
