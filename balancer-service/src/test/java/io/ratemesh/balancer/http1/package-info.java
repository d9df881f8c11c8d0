@NullMarked
package io.ratemesh.balancer.http1;

import org.jspecify.annotations.NullMarked;
