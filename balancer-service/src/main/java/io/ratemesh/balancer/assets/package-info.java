/** The browser UI, served from memory. */
@NullMarked
package io.ratemesh.balancer.assets;

import org.jspecify.annotations.NullMarked;
