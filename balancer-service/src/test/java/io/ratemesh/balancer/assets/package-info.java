@NullMarked
package io.ratemesh.balancer.assets;

import org.jspecify.annotations.NullMarked;
