@NullMarked
package io.ratemesh.balancer.upstream;

import org.jspecify.annotations.NullMarked;
