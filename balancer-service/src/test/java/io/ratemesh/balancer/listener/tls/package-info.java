@NullMarked
package io.ratemesh.balancer.listener.tls;

import org.jspecify.annotations.NullMarked;
