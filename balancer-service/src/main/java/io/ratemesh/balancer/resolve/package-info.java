/** The addresses that names of servers have. */
@NullMarked
package io.ratemesh.balancer.resolve;

import org.jspecify.annotations.NullMarked;
