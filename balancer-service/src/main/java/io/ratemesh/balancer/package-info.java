/**
 * The balancer node: what it consists of, how that is wired, and what a reload changes. Everything that a request passes is in the
 * packages below.
 */
@NullMarked
package io.ratemesh.balancer;

import org.jspecify.annotations.NullMarked;
