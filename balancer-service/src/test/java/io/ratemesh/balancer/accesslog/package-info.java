@NullMarked
package io.ratemesh.balancer.accesslog;

import org.jspecify.annotations.NullMarked;
