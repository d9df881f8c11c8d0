@NullMarked
package io.ratemesh.balancer.log;

import org.jspecify.annotations.NullMarked;
