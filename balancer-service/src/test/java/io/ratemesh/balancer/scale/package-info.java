/** The rules on load curves, and the scaler with real nodes. */
@NullMarked
package io.ratemesh.balancer.scale;

import org.jspecify.annotations.NullMarked;
