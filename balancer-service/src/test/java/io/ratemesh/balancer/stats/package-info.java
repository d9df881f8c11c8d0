@NullMarked
package io.ratemesh.balancer.stats;

import org.jspecify.annotations.NullMarked;
