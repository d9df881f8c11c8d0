@NullMarked
package io.ratemesh.balancer.http;

import org.jspecify.annotations.NullMarked;
