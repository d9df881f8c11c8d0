@NullMarked
package io.ratemesh.balancer.inspection;

import org.jspecify.annotations.NullMarked;
