@NullMarked
package io.ratemesh.balancer.upstream.connections;

import org.jspecify.annotations.NullMarked;
