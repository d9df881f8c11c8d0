@NullMarked
package io.ratemesh.balancer.upstream.health;

import org.jspecify.annotations.NullMarked;
