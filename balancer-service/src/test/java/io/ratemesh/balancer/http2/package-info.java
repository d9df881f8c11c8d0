@NullMarked
package io.ratemesh.balancer.http2;

import org.jspecify.annotations.NullMarked;
