/** How many converters run: the scaler, its rules, and what launches nodes. */
@NullMarked
package io.ratemesh.balancer.scale;

import org.jspecify.annotations.NullMarked;
