@NullMarked
package io.ratemesh.balancer.upstream.resolve;

import org.jspecify.annotations.NullMarked;
