@NullMarked
package io.ratemesh.balancer.listener;

import org.jspecify.annotations.NullMarked;
