@NullMarked
package io.ratemesh.balancer.resolve;

import org.jspecify.annotations.NullMarked;
