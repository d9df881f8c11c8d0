@NullMarked
package io.ratemesh.balancer.cache;

import org.jspecify.annotations.NullMarked;
