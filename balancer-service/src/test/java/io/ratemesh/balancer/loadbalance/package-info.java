@NullMarked
package io.ratemesh.balancer.loadbalance;

import org.jspecify.annotations.NullMarked;
