@NullMarked
package io.ratemesh.balancer.tcp;

import org.jspecify.annotations.NullMarked;
