@NullMarked
package io.ratemesh.balancer.upstream.transport;

import org.jspecify.annotations.NullMarked;
