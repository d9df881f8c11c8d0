@NullMarked
package io.ratemesh.balancer.proxy;

import org.jspecify.annotations.NullMarked;
