@NullMarked
package io.ratemesh.balancer.admin;

import org.jspecify.annotations.NullMarked;
